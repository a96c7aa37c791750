package io.signalbox.engine.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.tuning.TuningSettings;
import io.signalbox.engine.identity.Identities;
import io.signalbox.engine.identity.Issuer;
import io.signalbox.engine.scheduling.Records;
import io.signalbox.events.Control;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.Reschedule;
import io.signalbox.events.RescheduleTrigger;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskEventType;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From telemetry and task events to orders. All tests together take two seconds. */
class TuningTopologyTest {
  private static final Topics TOPICS = Topics.DEFAULT;

  @TempDir Path folder;

  private final Connection connection = Connection.of("none:1", "mock://tuning");
  private TopologyTestDriver driver;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long sequence;

  @BeforeEach
  void start() {
    start(Identities.BELIEVED);
  }

  private void start(Identities identities) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "tuning");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    TuningShell shell = new TuningShell(TuningSettings.DEFAULT, 2, 1, identities);
    driver =
        new TopologyTestDriver(
            TuningTopology.addTo(new Topology(), connection, shell), properties, now);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @SuppressWarnings("unchecked") // The serde is that of the value's own class.
  private <T extends SpecificRecord> void send(String topic, String key, T value) {
    try (Serde<T> serde = connection.serde((Class<T>) value.getClass())) {
      driver
          .createInputTopic(topic, new StringSerializer(), serde.serializer())
          .pipeInput(new TestRecord<>(key, value, now));
    }
  }

  private void heartbeat(String device, boolean healthy) {
    send(
        TOPICS.deviceTelemetry(),
        "p",
        DeviceTelemetry.newBuilder(Records.heartbeat("p", device, sequence++, now))
            .setHealthy(healthy)
            .build());
  }

  private void ended(String device, Duration took) {
    send(
        TOPICS.taskEvents(),
        "p",
        TaskEvent.newBuilder()
            .setPool("p")
            .setJob("j")
            .setTaskId("t")
            .setAttempt(1)
            .setType(TaskEventType.COMPLETED)
            .setDeviceId(device)
            .setIncarnation(1)
            .setAt(now)
            .setStartedAt(now.minus(took))
            .build());
  }

  private void second() {
    now = now.plusSeconds(1);
    driver.advanceWallClockTime(Duration.ofSeconds(1));
  }

  private List<Control> orders() {
    try (Serde<Control> serde = connection.serde(Control.class)) {
      return driver
          .createOutputTopic(TOPICS.control(), new StringDeserializer(), serde.deserializer())
          .readRecordsToList()
          .stream()
          .peek(record -> assertEquals("p", record.key()))
          .map(TestRecord::value)
          .toList();
    }
  }

  @Test
  void failedChecksBecomeAnOrderWithItsEvidence() {
    for (int i = 0; i < 3; i++) {
      heartbeat("gpu-1", false);
      assertEquals(List.of(), orders());
      second();
    }
    Control order = orders().getFirst();
    assertEquals("tuning", order.getIssuer());
    assertEquals(now, order.getAt());
    Reschedule command = (Reschedule) order.getCommand();
    assertEquals("gpu-1", command.getDeviceId());
    assertEquals(RescheduleTrigger.HEALTH_CHECKS, command.getTrigger());
    assertEquals(3, command.getObserved());
    assertEquals(180, command.getWeight());
  }

  @Test
  void lateDeviceBecomesAnOrder() {
    heartbeat("gpu-1", true);
    heartbeat("gpu-2", true);
    for (int i = 0; i < 5; i++) {
      ended("gpu-1", Duration.ofMillis(100));
      ended("gpu-2", Duration.ofMillis(500));
    }
    second();
    Reschedule command = (Reschedule) orders().getFirst().getCommand();
    assertEquals("gpu-2", command.getDeviceId());
    assertEquals(RescheduleTrigger.RESPONSE, command.getTrigger());
    assertEquals(0.5, command.getObserved(), 1e-9);
    assertEquals(0.2, command.getThreshold(), 1e-9);
  }

  @Test
  void whatCantBeReadOrIsMisplacedIsLeftToScheduling() {
    driver
        .createInputTopic(
            TOPICS.deviceTelemetry(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>("p", new byte[] {7, 7}, now));
    for (int i = 0; i < 4; i++) {
      DeviceTelemetry ill =
          DeviceTelemetry.newBuilder(Records.heartbeat("p", "gpu-1", i, now))
              .setHealthy(false)
              .build();
      send(TOPICS.deviceTelemetry(), "another key", ill);
      second();
    }
    assertEquals(List.of(), orders());
  }

  @Test
  void timesThatCantBeAreNoRunTime() {
    heartbeat("gpu-1", true);
    heartbeat("gpu-2", true);
    for (int i = 0; i < 5; i++) {
      ended("gpu-1", Duration.ofMillis(100));
      ended("gpu-2", Duration.ofDays(-365_000));
    }
    second();
    assertEquals(List.of(), orders());
    // Longer than nanoseconds can count.
    ended("gpu-1", Duration.ofDays(365_000));
    second();
    assertEquals(List.of(), orders());
  }

  @Test
  void nobodySpeaksIllOfAnotherDevice() throws IOException {
    stop();
    start(Identities.of(Issuer.publish(folder.resolve("keys.jwks"), new Issuer("workers"))));
    for (int i = 0; i < 5; i++) {
      heartbeat("gpu-1", false);
      second();
    }
    assertEquals(List.of(), orders());
  }

  @Test
  void itsNodesAndTopicsArePinned() {
    TuningShell shell = new TuningShell(TuningSettings.DEFAULT, 2, 8, Identities.BELIEVED);
    String text = TuningTopology.addTo(new Topology(), connection, shell).describe().toString();
    assertEquals(
        """
        Topologies:
           Sub-topology: 0
            Source: watch-device-telemetry (topics: [signalbox.device-telemetry])
              --> tuning
            Source: watch-task-events (topics: [signalbox.task-events])
              --> tuning
            Processor: tuning (stores: [])
              --> to-control
              <-- watch-device-telemetry, watch-task-events
            Sink: to-control (topic: signalbox.control)
              <-- tuning

        """,
        text);
  }
}
