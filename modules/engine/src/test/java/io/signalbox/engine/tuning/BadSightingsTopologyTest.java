package io.signalbox.engine.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.tuning.TuningSettings;
import io.signalbox.engine.ErrorsOnly;
import io.signalbox.engine.identity.Identities;
import io.signalbox.engine.scheduling.BadRecords;
import io.signalbox.engine.scheduling.BadRecords.Bad;
import io.signalbox.engine.scheduling.Records;
import io.signalbox.events.Control;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.Reschedule;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskEventType;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nine of ten records of devices are bad. Watching them goes on: each device that is ill by the
 * good ones is named. The count is {@code -Dsignalbox.records} per topic, and {@code
 * -Dsignalbox.seed} replays.
 */
@ExtendWith(ErrorsOnly.class)
class BadSightingsTopologyTest {
  private static final int RECORDS = Integer.getInteger("signalbox.records", 5_000);
  private static final long SEED = Long.getLong("signalbox.seed", 1);
  private static final Topics TOPICS = Topics.DEFAULT;

  @TempDir Path folder;

  private final Connection connection = Connection.of("none:1", "mock://bad-sightings");
  private final Map<Class<?>, Serde<?>> serdes = new HashMap<>();
  private final BadRecords bad = new BadRecords(this::bytes, new Random(SEED));
  private final TreeSet<String> named = new TreeSet<>();
  private TopologyTestDriver driver;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long sequence;

  @BeforeEach
  void start() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "tuning");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    TuningShell shell = new TuningShell(TuningSettings.DEFAULT, 100, 1, Identities.BELIEVED);
    driver =
        new TopologyTestDriver(
            TuningTopology.addTo(new Topology(), connection, shell), properties, now);
  }

  @AfterEach
  void stop() {
    driver.close();
    serdes.values().forEach(Serde::close);
  }

  @SuppressWarnings("unchecked") // The map holds the serde of each class under it.
  private <T extends SpecificRecord> byte[] bytes(String topic, T value) {
    Serde<T> serde =
        (Serde<T>)
            serdes.computeIfAbsent(value.getClass(), type -> connection.serde(value.getClass()));
    return serde.serializer().serialize(topic, value);
  }

  private void send(String topic, byte[] value) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>("p".getBytes(StandardCharsets.UTF_8), value, now));
  }

  /** Nine bad ones, then as much time as a heartbeat takes. */
  private void bad(String topic, SpecificRecord of) {
    for (int i = 0; i < 9; i++) {
      Bad next = bad.next(topic, of);
      send(topic, next.value());
    }
    now = now.plusSeconds(1);
    driver.advanceWallClockTime(Duration.ofSeconds(1));
  }

  private void readOrders() {
    try (Serde<Control> serde = connection.serde(Control.class)) {
      driver
          .createOutputTopic(TOPICS.control(), new StringDeserializer(), serde.deserializer())
          .readValuesToList()
          .forEach(order -> named.add(((Reschedule) order.getCommand()).getDeviceId()));
    }
  }

  private DeviceTelemetry heartbeat(String device, boolean healthy) {
    return DeviceTelemetry.newBuilder(Records.heartbeat("p", device, sequence++, now))
        .setHealthy(healthy)
        .build();
  }

  private TaskEvent ended(String device, Duration took) {
    return TaskEvent.newBuilder()
        .setPool("p")
        .setJob("j")
        .setTaskId("t")
        .setAttempt(1)
        .setType(TaskEventType.COMPLETED)
        .setDeviceId(device)
        .setIncarnation(1)
        .setAt(now)
        .setStartedAt(now.minus(took))
        .build();
  }

  @Test
  void heartbeats() {
    String topic = TOPICS.deviceTelemetry();
    int devices = 0;
    // Ten a minute may be named: three good ones of a device each, and time enough for it.
    for (int sent = 0; sent < RECORDS; sent += 10) {
      String device = "ill-" + sent / 100;
      send(topic, bytes(topic, heartbeat(device, false)));
      bad(topic, heartbeat("someone", true));
      devices = Math.max(devices, sent / 100 + (sent % 100 >= 30 ? 1 : 0));
    }
    readOrders();
    for (int i = 0; i < devices; i++) {
      assertTrue(named.contains("ill-" + i), "ill-" + i + " isn't among " + named);
    }
  }

  @Test
  void events() {
    String telemetry = TOPICS.deviceTelemetry();
    String topic = TOPICS.taskEvents();
    for (int sent = 0; sent < RECORDS; sent += 10) {
      for (String device : List.of("slow", "fast")) {
        send(telemetry, bytes(telemetry, heartbeat(device, true)));
        boolean slow = device.equals("slow");
        send(topic, bytes(topic, ended(device, Duration.ofMillis(slow ? 900 : 100))));
      }
      bad(topic, ended("someone", Duration.ofMillis(100)));
    }
    readOrders();
    assertEquals(List.of("slow"), List.copyOf(named));
  }
}
