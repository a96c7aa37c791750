package io.signalbox.engine.identity;

import java.util.List;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/**
 * For which devices the bearer of a token may speak. An entry is a name, or the beginning of names
 * when it ends in {@code *}.
 *
 * @param pools the devices' pools
 * @param classes their classes
 * @param devices their ids
 */
public record Grant(List<String> pools, List<String> classes, List<String> devices) {
  /** What a token must say it is for. */
  public static final String AUDIENCE = "signalbox";

  private static final String POOLS = "pools";
  private static final String CLASSES = "classes";
  private static final String DEVICES = "devices";

  /** Takes the entries as they are now. */
  public Grant {
    pools = List.copyOf(pools);
    classes = List.copyOf(classes);
    devices = List.copyOf(devices);
  }

  /**
   * What a token's claims grant: lists of texts, of which {@code classes} may be missing and then
   * means all.
   */
  static Grant of(JwtClaims claims) throws MalformedClaimException {
    return new Grant(
        claims.getStringListClaimValue(POOLS),
        claims.hasClaim(CLASSES) ? claims.getStringListClaimValue(CLASSES) : List.of("*"),
        claims.getStringListClaimValue(DEVICES));
  }

  /** The claims of a token that grants this, without an end. */
  public JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setAudience(AUDIENCE);
    claims.setStringListClaim(POOLS, pools);
    claims.setStringListClaim(CLASSES, classes);
    claims.setStringListClaim(DEVICES, devices);
    return claims;
  }

  boolean covers(Speaker speaker) {
    return covers(pools, speaker.pool())
        && covers(devices, speaker.device())
        && (speaker.deviceClass() == null || covers(classes, speaker.deviceClass()));
  }

  private static boolean covers(List<String> entries, String name) {
    for (String entry : entries) {
      boolean all = entry.endsWith("*");
      if (all ? name.startsWith(entry.substring(0, entry.length() - 1)) : name.equals(entry)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "devices %s of classes %s in pools %s"
        .formatted(
            String.join(", ", devices), String.join(", ", classes), String.join(", ", pools));
  }
}
