package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.engine.identity.Identities;
import io.signalbox.engine.identity.Issuer;
import io.signalbox.events.Assignment;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.connection.DeviceToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that asks workers who they are. */
class IdentityTopologyTest {
  private static final Instant NOW = Instant.now();

  @TempDir Path folder;

  private final Issuer issuer = new Issuer("workers");
  private Scheduler scheduler;

  @BeforeEach
  void start() throws IOException {
    Path keys = Issuer.publish(folder.resolve("keys.jwks"), issuer);
    scheduler = Scheduler.asking(folder, Identities.of(keys), 1);
  }

  @AfterEach
  void stop() {
    scheduler.close();
  }

  private Headers token(String device) {
    return issuer.bearing(NOW, device);
  }

  private void report(String device, Headers headers) {
    send(
        Scheduler.TOPICS.deviceTelemetry(),
        Records.heartbeat("p", device, 1, scheduler.now()),
        headers);
    scheduler.tick();
  }

  private void send(String topic, SpecificRecord value, Headers headers) {
    scheduler.send(topic, "p", value, headers);
    scheduler.tick();
  }

  private void refused(String... parts) {
    List<TestRecord<byte[], byte[]>> letters = scheduler.deadLetters();
    assertEquals(1, letters.size(), letters::toString);
    Headers headers = letters.getFirst().headers();
    String reason =
        new String(headers.lastHeader("signalbox-reason").value(), StandardCharsets.UTF_8);
    for (String part : parts) {
      assertTrue(reason.contains(part), reason);
    }
    assertFalse(reason.contains("decoded"), reason);
    assertNull(headers.lastHeader(DeviceToken.HEADER), "a token is a secret");
  }

  private Assignment assignedTo(String device) {
    report(device, token(device));
    scheduler.send(
        Scheduler.TOPICS.taskSubmitted(), "p", Records.job("p", "j", scheduler.now(), "a"));
    scheduler.tick();
    return scheduler.assignments().getFirst();
  }

  @Test
  void aTaskOfAKnownDeviceRunsAndNoTokenGoesFurther() {
    Headers own = token("gpu-1");
    Assignment offer = assignedTo("gpu-1");
    send(Scheduler.TOPICS.taskEvents(), Records.started(offer, scheduler.now()), own);
    send(Scheduler.TOPICS.taskEvents(), Records.completed(offer, scheduler.now(), "r"), own);
    List<TestRecord<byte[], byte[]>> news = scheduler.raw(Scheduler.TOPICS.jobEvents());
    assertEquals(List.of(), scheduler.deadLetters());
    assertTrue(news.size() > 2, news::toString);
    news.forEach(event -> assertNull(event.headers().lastHeader(DeviceToken.HEADER)));
  }

  @Test
  void aDeviceThatShowsNothingDoesntExist() {
    report("gpu-1", new RecordHeaders());
    refused("device 'gpu-1' (gpu) of pool 'p'", "no device token");
    scheduler.send(
        Scheduler.TOPICS.taskSubmitted(), "p", Records.job("p", "j", scheduler.now(), "a"));
    scheduler.tick();
    assertEquals(List.of(), scheduler.assignments());
  }

  @Test
  void nobodyCompletesWhatAnotherDeviceRuns() {
    Assignment offer = assignedTo("gpu-1");
    scheduler.jobEvents();
    send(
        Scheduler.TOPICS.taskEvents(),
        Records.completed(offer, scheduler.now(), "forged"),
        token("gpu-2"));
    refused("device 'gpu-1'", "devices gpu-2");
    assertEquals(List.of(), scheduler.jobEvents());
    send(
        Scheduler.TOPICS.taskEvents(),
        Records.completed(offer, scheduler.now(), "true"),
        token("gpu-1"));
    assertEquals(
        JobEventType.JOB_SUCCEEDED,
        scheduler.jobEvents().stream().map(JobEvent::getType).toList().getLast());
  }

  @Test
  void whatIsSentOnKeepsItsToken() throws IOException {
    scheduler.close();
    Path keys = Issuer.publish(folder.resolve("keys.jwks"), issuer);
    scheduler = Scheduler.asking(folder, Identities.of(keys), 8);
    scheduler.send(
        Scheduler.TOPICS.deviceTelemetry(),
        "another key",
        Records.heartbeat("q", "gpu-1", 1, scheduler.now()),
        issuer.bearing(NOW, "gpu-1"));
    refused("pool 'q'", "pools p");
    scheduler.send(
        Scheduler.TOPICS.deviceTelemetry(),
        "another key",
        Records.heartbeat("p", "gpu-1", 1, scheduler.now()),
        issuer.bearing(NOW, "gpu-1"));
    List<TestRecord<byte[], byte[]>> sentOn = scheduler.raw(Scheduler.TOPICS.deviceTelemetry());
    assertEquals(1, sentOn.size());
    assertTrue(sentOn.getFirst().headers().lastHeader(DeviceToken.HEADER) != null);
  }
}
