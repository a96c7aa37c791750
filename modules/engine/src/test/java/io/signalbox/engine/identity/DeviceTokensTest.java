package io.signalbox.engine.identity;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.engine.scheduling.Records;
import io.signalbox.engine.translate.UnusableRecordException;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskEventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens let whom say what. */
class DeviceTokensTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final Issuer issuer = new Issuer("first");
  private Path keys = Path.of("");
  private DeviceTokens tokens;

  @BeforeEach
  void publish() throws IOException {
    keys = Issuer.publish(folder.resolve("keys.jwks"), issuer);
    tokens = new DeviceTokens(keys, now::get);
  }

  private void passes(Headers headers, SpecificRecord value) {
    assertDoesNotThrow(() -> tokens.check(headers, value));
  }

  private void refused(Headers headers, SpecificRecord value, String... parts) {
    String reason =
        String.valueOf(
            assertThrows(UnusableRecordException.class, () -> tokens.check(headers, value))
                .getMessage());
    for (String part : parts) {
      assertTrue(reason.contains(part), () -> "'" + part + "' in: " + reason);
    }
    headers.forEach(header -> {
      String token = new String(header.value(), StandardCharsets.ISO_8859_1);
      assertFalse(!token.isEmpty() && reason.contains(token), reason);
    });
  }

  private static DeviceTelemetry of(String device) {
    return Records.heartbeat("p", device, 1, START);
  }

  private static TaskEvent started(String device) {
    return TaskEvent.newBuilder()
        .setPool("p")
        .setJob("j")
        .setTaskId("t")
        .setAttempt(1)
        .setType(TaskEventType.STARTED)
        .setDeviceId(device)
        .setIncarnation(1)
        .setAt(START)
        .build();
  }

  @Test
  void aDeviceSpeaksForItself() {
    Headers own = issuer.bearing(START, "gpu-1");
    passes(own, of("gpu-1"));
    passes(own, started("gpu-1"));
    refused(own, of("gpu-2"), "gpu-2", "devices gpu-1");
    refused(own, of("gpu-12"), "gpu-12");
    refused(own, started("gpu-2"), "device 'gpu-2'");
  }

  @Test
  void aBeginningStandsForAllThatBeginSo() {
    Headers rack = issuer.bearing(START, "rack1-*", "cpu-7");
    passes(rack, of("rack1-3"));
    passes(rack, of("cpu-7"));
    refused(rack, of("rack2-3"), "rack1-*, cpu-7");
    passes(issuer.bearing(START, "*"), of("whatever"));
  }

  @Test
  void poolAndClassCountToo() {
    Headers own = issuer.bearing(START, "gpu-1");
    refused(own, Records.heartbeat("q", "gpu-1", 1, START), "pool 'q'", "pools p");
    DeviceTelemetry other =
        DeviceTelemetry.newBuilder(of("gpu-1")).setDeviceClass("nvidia-h100").build();
    refused(own, other, "nvidia-h100", "classes gpu");
  }

  @Test
  void aTokenWithoutClassesIsForAll() {
    JwtClaims claims = Issuer.claims(START, "gpu-1");
    claims.unsetClaim("classes");
    passes(Issuer.headers(issuer.sign(claims)), of("gpu-1"));
  }

  @Test
  void whatProducersWriteNeedsNoToken() {
    passes(new RecordHeaders(), Records.job("p", "j", START, "a"));
  }

  @Test
  void withoutATokenNothingIsBelieved() {
    refused(new RecordHeaders(), of("gpu-1"), "gpu-1", "no device token");
    refused(Issuer.headers(""), of("gpu-1"), "isn't a JWT that is signed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b.c", "a.b", "....", "eyJhbGciOiJub25lIn0.e30.", "\u00ff\u0000"})
  void nonsenseIsRefused(String token) {
    refused(Issuer.headers(token), of("gpu-1"), "isn't valid");
  }

  @Test
  void aTokenEnds() {
    Headers own = issuer.bearing(START, "gpu-1");
    passes(own, of("gpu-1"));
    now.set(START.plus(Duration.ofMinutes(61)));
    refused(own, of("gpu-1"), "has ended");
    JwtClaims endless = Issuer.claims(START, "gpu-1");
    endless.unsetClaim("exp");
    refused(Issuer.headers(issuer.sign(endless)), of("gpu-1"), "no end");
  }

  @Test
  void aTokenThatIsntValidYetWillBe() {
    JwtClaims claims = Issuer.claims(START, "gpu-1");
    claims.setNotBefore(NumericDate.fromMilliseconds(START.plusSeconds(60).toEpochMilli()));
    Headers early = Issuer.headers(issuer.sign(claims));
    refused(early, of("gpu-1"), "isn't valid yet");
    now.set(START.plusSeconds(61));
    passes(early, of("gpu-1"));
  }

  @Test
  void aTokenForOthersIsRefused() {
    JwtClaims claims = Issuer.claims(START, "gpu-1");
    claims.setAudience("another-service");
    refused(Issuer.headers(issuer.sign(claims)), of("gpu-1"), "meant for signalbox");
  }

  @Test
  void claimsThatArentListsAreRefused() {
    JwtClaims claims = Issuer.claims(START, "gpu-1");
    claims.setClaim("devices", 7);
    refused(Issuer.headers(issuer.sign(claims)), of("gpu-1"), "lists of texts");
    JwtClaims none = Issuer.claims(START, "gpu-1");
    none.unsetClaim("devices");
    refused(Issuer.headers(issuer.sign(none)), of("gpu-1"));
  }

  @Test
  void aStrangersSignatureIsNone() {
    refused(
        new Issuer("first").bearing(START, "gpu-1"),
        of("gpu-1"),
        "isn't a JWT that is signed with a key");
    refused(
        new Issuer("other").bearing(START, "gpu-1"),
        of("gpu-1"),
        "isn't a JWT that is signed with a key");
  }

  @Test
  void thePublicKeyIsNoSecretToSignWith() {
    JsonWebSignature forged = new JsonWebSignature();
    forged.setPayload(Issuer.claims(START, "gpu-1").toJson());
    forged.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    forged.setKeyIdHeaderValue("first");
    forged.setKey(new HmacKey(issuer.pair.getPublicKey().getEncoded()));
    refused(Issuer.headers(Issuer.compact(forged)), of("gpu-1"), "isn't valid");
  }

  @Test
  void noSignatureIsNoProof() {
    JsonWebSignature unsigned = new JsonWebSignature();
    unsigned.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    unsigned.setPayload(Issuer.claims(START, "gpu-1").toJson());
    unsigned.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    refused(Issuer.headers(Issuer.compact(unsigned)), of("gpu-1"), "isn't valid");
  }

  @Test
  void keysComeAndGoWhileItRuns() throws IOException {
    Issuer second = new Issuer("second");
    Headers old = issuer.bearing(START, "gpu-1");
    Headers young = second.bearing(START, "gpu-1");
    passes(old, of("gpu-1"));
    refused(young, of("gpu-1"));
    change(issuer, second);
    passes(young, of("gpu-1"));
    passes(old, of("gpu-1"));
    change(second);
    passes(young, of("gpu-1"));
    refused(old, of("gpu-1"));
  }

  /** Writes other keys, and lets the time pass after which they are looked at. */
  private void change(Issuer... issuers) throws IOException {
    FileTime before = Files.getLastModifiedTime(keys);
    Issuer.publish(keys, issuers);
    Files.setLastModifiedTime(keys, FileTime.fromMillis(before.toMillis() + 10));
    now.set(now.get().plusMillis(DeviceTokens.LOOK_MILLIS));
  }

  @Test
  void keysThatCantBeReadLeaveTheOldOnes() throws IOException {
    Files.writeString(keys, "{");
    Files.setLastModifiedTime(keys, FileTime.from(START));
    now.set(START.plusMillis(DeviceTokens.LOOK_MILLIS));
    passes(issuer.bearing(START, "gpu-1"), of("gpu-1"));
    Files.delete(keys);
    now.set(START.plusMillis(2 * DeviceTokens.LOOK_MILLIS));
    passes(issuer.bearing(START, "gpu-1"), of("gpu-1"));
  }

  @Test
  void moreTokensThanAreRememberedHoldAsWell() {
    DeviceTokens forgetful = new DeviceTokens(keys, now::get, 2);
    for (int i = 0; i < 7; i++) {
      String device = "gpu-" + i % 4;
      assertDoesNotThrow(() -> forgetful.check(issuer.bearing(START, device), of(device)));
    }
    assertTrue(forgetful.remembered() <= 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"keys\": []}", "{\"keys\": [{\"kty\": \"EC\"}]}", "x"})
  void aFileWithoutKeysIsNamed(String text) throws IOException {
    Files.writeString(keys, text);
    assertNamed(assertThrows(InvalidKeysException.class, () -> TokenKeys.read(keys)));
  }

  @Test
  void secretsDontBelongOnAnEngine() throws IOException {
    Issuer.write(keys, OutputControlLevel.INCLUDE_PRIVATE, issuer);
    var refused = assertThrows(InvalidKeysException.class, () -> TokenKeys.read(keys));
    assertNamed(refused);
    assertTrue(String.valueOf(refused.getMessage()).contains("secret"), refused::getMessage);
    Files.writeString(keys, "{\"keys\": [{\"kty\": \"oct\", \"k\": \"c2VjcmV0\"}]}");
    assertNamed(assertThrows(InvalidKeysException.class, () -> TokenKeys.read(keys)));
  }

  private void assertNamed(InvalidKeysException e) {
    assertTrue(String.valueOf(e.getMessage()).contains(keys.toString()), e::getMessage);
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("none.jwks");
    var refused = assertThrows(InvalidKeysException.class, () -> Identities.of(missing));
    assertTrue(String.valueOf(refused.getMessage()).contains("none.jwks"), refused::getMessage);
  }

  @Test
  void whoIsntAskedIsBelieved() {
    assertDoesNotThrow(() -> Identities.of(null).check(new RecordHeaders(), of("gpu-1")));
  }
}
