package io.signalbox.engine.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/**
 * The public keys that tokens are signed with: a JWK set (RFC 7517). Tokens are JWTs (RFC 7519)
 * signed with one of them; secrets that both sides know, and no signature at all, aren't accepted.
 */
public final class TokenKeys {
  /** By which a token's times may be off. */
  private static final int CLOCK_SKEW_SECONDS = 30;

  private static final AlgorithmConstraints SIGNATURES =
      new AlgorithmConstraints(
          ConstraintType.PERMIT,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
          AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
          AlgorithmIdentifiers.EDDSA,
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.RSA_USING_SHA384,
          AlgorithmIdentifiers.RSA_USING_SHA512,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA512);

  private final List<JsonWebKey> keys;

  private TokenKeys(List<JsonWebKey> keys) {
    this.keys = keys;
  }

  /**
   * Reads a file.
   *
   * @throws InvalidKeysException when it can't be read, isn't a JWK set, has no key, or one that
   *     must not be given away
   */
  public static TokenKeys read(Path file) {
    List<JsonWebKey> keys;
    try {
      keys = new JsonWebKeySet(Files.readString(file)).getJsonWebKeys();
    } catch (IOException e) {
      throw new InvalidKeysException("the keys of tokens can't be read: " + e);
    } catch (JoseException e) {
      throw new InvalidKeysException(file + " isn't a JWK set of public keys (RFC 7517)");
    }
    if (keys.isEmpty()) {
      throw new InvalidKeysException(file + " has no key that can be used");
    }
    for (JsonWebKey key : keys) {
      if (!(key instanceof PublicJsonWebKey pair) || pair.getPrivateKey() != null) {
        throw new InvalidKeysException(
            "%s holds a secret, key '%s': an engine needs public keys alone"
                .formatted(file, key.getKeyId()));
      }
    }
    return new TokenKeys(keys);
  }

  /**
   * What a token grants.
   *
   * @param nowMillis milliseconds since the epoch
   */
  public Verified verify(String token, long nowMillis) throws InvalidTokenException {
    try {
      JwtClaims claims =
          new JwtConsumerBuilder()
              .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys))
              .setJwsAlgorithmConstraints(SIGNATURES)
              .setExpectedAudience(Grant.AUDIENCE)
              .setRequireExpirationTime()
              .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
              .setEvaluationTime(NumericDate.fromMilliseconds(nowMillis))
              .build()
              .processToClaims(token);
      return new Verified(Grant.of(claims), claims.getExpirationTime().getValueInMillis());
    } catch (InvalidJwtException e) {
      throw new InvalidTokenException(reason(e));
    } catch (MalformedClaimException e) {
      throw new InvalidTokenException("its pools, classes and devices aren't lists of texts");
    }
  }

  /** The library's own message holds the token. */
  private static String reason(InvalidJwtException e) {
    if (e.hasExpired()) {
      return "it has ended";
    }
    if (e.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)) {
      return "it has no end (exp)";
    }
    if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
      return "it isn't valid yet (nbf)";
    }
    if (e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)
        || e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)) {
      return "it isn't meant for " + Grant.AUDIENCE + " (aud)";
    }
    return "it isn't a JWT that is signed with a key of this engine's";
  }

  /**
   * What a token has proven.
   *
   * @param grant for whom its bearer may speak
   * @param endMillis until when, milliseconds since the epoch
   */
  public record Verified(Grant grant, long endMillis) {}
}
