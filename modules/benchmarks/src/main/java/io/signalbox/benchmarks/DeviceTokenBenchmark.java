package io.signalbox.benchmarks;

import io.signalbox.engine.identity.Grant;
import io.signalbox.engine.identity.Identities;
import io.signalbox.engine.identity.InvalidTokenException;
import io.signalbox.engine.identity.TokenKeys;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskEventType;
import io.signalbox.events.connection.DeviceToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to ask who speaks: for each record, and once for each token. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@SuppressWarnings("NullAway.Init") // JMH calls setup before anything else.
public class DeviceTokenBenchmark {
  private static final int DEVICES = 10_000;
  private static final long HOUR_MILLIS = 3_600_000;

  private final String[] tokens = new String[DEVICES];
  private final Headers[] headers = new Headers[DEVICES];
  private final TaskEvent[] events = new TaskEvent[DEVICES];
  private Identities identities = Identities.BELIEVED;
  private TokenKeys keys;
  private int next;

  /** Gives each device a token of its own, and shows each once. */
  @Setup
  public void issue() throws JoseException, IOException {
    EllipticCurveJsonWebKey pair = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    pair.setKeyId("benchmark");
    Path file = Files.createTempFile("signalbox", ".jwks");
    Files.writeString(file, new JsonWebKeySet(pair).toJson(OutputControlLevel.PUBLIC_ONLY));
    keys = TokenKeys.read(file);
    identities = Identities.of(file);
    for (int i = 0; i < DEVICES; i++) {
      tokens[i] = token(pair, "device-" + i);
      headers[i] =
          new RecordHeaders()
              .add(DeviceToken.HEADER, tokens[i].getBytes(StandardCharsets.ISO_8859_1));
      events[i] = event("device-" + i);
      identities.check(headers[i], events[i]);
    }
    Files.delete(file);
  }

  private static String token(EllipticCurveJsonWebKey pair, String device) throws JoseException {
    JwtClaims claims = new Grant(List.of("default"), List.of("*"), List.of(device)).claims();
    claims.setExpirationTimeMinutesInTheFuture(60);
    JsonWebSignature signed = new JsonWebSignature();
    signed.setPayload(claims.toJson());
    signed.setKey(pair.getPrivateKey());
    signed.setKeyIdHeaderValue(pair.getKeyId());
    signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    return signed.getCompactSerialization();
  }

  private static TaskEvent event(String device) {
    return TaskEvent.newBuilder()
        .setPool("default")
        .setJob("job")
        .setTaskId("task")
        .setAttempt(1)
        .setType(TaskEventType.STARTED)
        .setDeviceId(device)
        .setIncarnation(1)
        .setAt(Instant.ofEpochMilli(HOUR_MILLIS))
        .build();
  }

  private int device() {
    next = next + 1 == DEVICES ? 0 : next + 1;
    return next;
  }

  /** A record whose token was seen before, as all but the first of a device are. */
  @Benchmark
  public void record() {
    int device = device();
    identities.check(headers[device], events[device]);
  }

  /** A token that was never seen before. */
  @Benchmark
  public TokenKeys.Verified verification() throws InvalidTokenException {
    return keys.verify(tokens[device()], System.currentTimeMillis());
  }
}
