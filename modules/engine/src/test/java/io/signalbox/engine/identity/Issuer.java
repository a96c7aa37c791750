package io.signalbox.engine.identity;

import io.signalbox.events.connection.DeviceToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Signs tokens in tests. */
public final class Issuer {
  final PublicJsonWebKey pair;

  public Issuer(String keyId) {
    try {
      pair = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    } catch (JoseException e) {
      throw new AssertionError(e);
    }
    pair.setKeyId(keyId);
  }

  /** Writes the public keys of these. */
  public static Path publish(Path file, Issuer... issuers) throws IOException {
    return write(file, OutputControlLevel.PUBLIC_ONLY, issuers);
  }

  static Path write(Path file, OutputControlLevel level, Issuer... issuers) throws IOException {
    JsonWebKeySet keys = new JsonWebKeySet();
    for (Issuer issuer : issuers) {
      keys.addJsonWebKey(issuer.pair);
    }
    return Files.writeString(file, keys.toJson(level));
  }

  /** Claims of a token for devices of pool p, valid for an hour. */
  static JwtClaims claims(Instant now, String... devices) {
    JwtClaims claims = new Grant(List.of("p"), List.of("gpu"), List.of(devices)).claims();
    claims.setExpirationTime(
        NumericDate.fromMilliseconds(now.plus(Duration.ofHours(1)).toEpochMilli()));
    return claims;
  }

  String sign(JwtClaims claims) {
    JsonWebSignature signed = new JsonWebSignature();
    signed.setPayload(claims.toJson());
    signed.setKey(pair.getPrivateKey());
    signed.setKeyIdHeaderValue(pair.getKeyId());
    signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    return compact(signed);
  }

  static String compact(JsonWebSignature signed) {
    try {
      return signed.getCompactSerialization();
    } catch (JoseException e) {
      throw new AssertionError(e);
    }
  }

  /** A token for devices of class gpu in pool p, valid for an hour. */
  public Headers bearing(Instant now, String... devices) {
    return headers(sign(claims(now, devices)));
  }

  static Headers headers(String token) {
    return new RecordHeaders().add(DeviceToken.HEADER, token.getBytes(StandardCharsets.ISO_8859_1));
  }
}
