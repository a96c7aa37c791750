package io.signalbox.cli.token;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.engine.identity.Grant;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** What device tokens are signed with: a pair of keys on the curve P-256, kept as a JWK. */
final class SigningKey {
  private final PublicJsonWebKey pair;

  private SigningKey(PublicJsonWebKey pair) {
    this.pair = pair;
  }

  /** A new one. */
  static SigningKey create() {
    try {
      EllipticCurveJsonWebKey pair = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      pair.setKeyId(UUID.randomUUID().toString());
      pair.setUse("sig");
      pair.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
      return new SigningKey(pair);
    } catch (JoseException e) {
      throw CommandFailure.failed("no key can be made here: " + e.getMessage(), e);
    }
  }

  /** Reads one that {@link #write} wrote. */
  static SigningKey read(Path file) {
    try {
      PublicJsonWebKey pair = PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file));
      if (pair.getPrivateKey() == null || !(pair instanceof EllipticCurveJsonWebKey)) {
        throw CommandFailure.usage(file + " isn't a private key that 'tokens key' made");
      }
      return new SigningKey(pair);
    } catch (IOException e) {
      throw CommandFailure.usage("--key " + file + " can't be read: " + e, e);
    } catch (JoseException e) {
      throw CommandFailure.usage(file + " isn't a private key that 'tokens key' made", e);
    }
  }

  /** Writes it where nothing is yet, readable by its owner alone. */
  void write(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      Files.createFile(file, attributes);
      Files.writeString(file, pair.toJson(OutputControlLevel.INCLUDE_PRIVATE) + "\n");
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.usage(file + " exists: a key isn't overwritten", e);
    } catch (IOException e) {
      throw CommandFailure.failed(file + " can't be written: " + e, e);
    }
  }

  /** Adds its public half to a set, which is made if there is none. */
  void publish(Path set) {
    try {
      JsonWebKeySet keys =
          Files.exists(set) ? new JsonWebKeySet(Files.readString(set)) : new JsonWebKeySet();
      keys.addJsonWebKey(pair);
      Files.writeString(
          set,
          keys.toJson(OutputControlLevel.PUBLIC_ONLY) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING);
    } catch (JoseException e) {
      throw CommandFailure.usage(set + " isn't a JWK set", e);
    } catch (IOException e) {
      throw CommandFailure.failed(set + " can't be written: " + e, e);
    }
  }

  /** A token for whoever may speak for these devices until then. */
  String sign(Grant grant, Instant now, Instant end) {
    JwtClaims claims = grant.claims();
    claims.setIssuedAt(NumericDate.fromMilliseconds(now.toEpochMilli()));
    claims.setExpirationTime(NumericDate.fromMilliseconds(end.toEpochMilli()));
    JsonWebSignature signed = new JsonWebSignature();
    signed.setPayload(claims.toJson());
    signed.setKey(pair.getPrivateKey());
    signed.setKeyIdHeaderValue(pair.getKeyId());
    signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    try {
      return signed.getCompactSerialization();
    } catch (JoseException e) {
      throw CommandFailure.usage("the key can't sign: " + e.getMessage(), e);
    }
  }
}
