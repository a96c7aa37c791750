package io.signalbox.events.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client shows to the registry so that it knows who asks.
 *
 * @param authorization value of the HTTP header Authorization; empty for nobody
 */
public record Credentials(Optional<String> authorization) {
  private static final String BASIC_SOURCE = "basic.auth.credentials.source";
  private static final String BEARER_SOURCE = "bearer.auth.credentials.source";
  private static final String USER_INFO = "basic.auth.user.info";
  private static final String LONG_USER_INFO = "schema.registry.basic.auth.user.info";
  private static final String TOKEN = "bearer.auth.token";

  /** Never shows the secret. */
  @Override
  public String toString() {
    return authorization.isPresent() ? "Credentials[given]" : "Credentials[none]";
  }

  /**
   * A bearer token when there is one; otherwise {@code user:password} from the setting or from the
   * URL, as {@code basic.auth.credentials.source} says; a source that isn't said is looked for in
   * both.
   */
  static Credentials of(Map<String, ?> config, URI url) {
    String bearer = text(config, BEARER_SOURCE, "STATIC_TOKEN").toUpperCase(Locale.ROOT);
    if (!bearer.equals("STATIC_TOKEN")) {
      throw new IllegalArgumentException(
          BEARER_SOURCE + " is STATIC_TOKEN, with the token in " + TOKEN + ", not " + bearer);
    }
    if (config.containsKey(TOKEN)) {
      return new Credentials(Optional.of("Bearer " + text(config, TOKEN, "")));
    }
    String given = text(config, USER_INFO, text(config, LONG_USER_INFO, ""));
    String inUrl = url.getUserInfo() == null ? "" : url.getUserInfo();
    String source = text(config, BASIC_SOURCE, given.isEmpty() ? "URL" : "USER_INFO");
    return switch (source.toUpperCase(Locale.ROOT)) {
      case "URL" -> basic(inUrl);
      case "USER_INFO" -> {
        if (!given.contains(":")) {
          throw new IllegalArgumentException(USER_INFO + " must be user:password");
        }
        yield basic(given);
      }
      default ->
          throw new IllegalArgumentException(BASIC_SOURCE + " is URL or USER_INFO, not " + source);
    };
  }

  private static Credentials basic(String userInfo) {
    if (userInfo.isEmpty()) {
      return new Credentials(Optional.empty());
    }
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return new Credentials(Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes)));
  }

  private static String text(Map<String, ?> config, String name, String otherwise) {
    Object value = config.get(name);
    return value == null ? otherwise : value.toString().trim();
  }
}
