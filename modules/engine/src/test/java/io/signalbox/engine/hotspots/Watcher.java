package io.signalbox.engine.hotspots;

import io.signalbox.core.hotspot.HotspotSettings;
import io.signalbox.core.hotspot.Threshold;
import io.signalbox.engine.board.HotspotBoard;
import io.signalbox.engine.failure.UndecodableRecords;
import io.signalbox.engine.failure.UnusableRecords;
import io.signalbox.engine.identity.Identities;
import io.signalbox.events.ExecutionTrace;
import io.signalbox.events.HotspotEvent;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The hotspots topology on a test driver, with a clock that the test moves. Windows of 60 s by 10 s
 * with 5 s of grace; hot is what comes more than twice a second or takes more than 3 s.
 */
final class Watcher implements AutoCloseable {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final HotspotSettings SETTINGS =
      new HotspotSettings(
          60, 10, 5, 3, 10, 4, 10, new Threshold(2, 0), new Threshold(3, 0), 0.8, 2);

  private final Connection connection = Connection.of("none:1", "mock://watcher");
  private final Serde<ExecutionTrace> traces = connection.serde(ExecutionTrace.class);
  private final Serde<HotspotEvent> events = connection.serde(HotspotEvent.class);
  final HotspotBoard board = new HotspotBoard();
  final TopologyTestDriver driver;
  private Instant now;

  Watcher(Path stateFolder, Instant now) {
    this(stateFolder, now, Identities.BELIEVED);
  }

  Watcher(Path stateFolder, Instant now, Identities identities) {
    this.now = now;
    HotspotShell shell = new HotspotShell(SETTINGS, Set.of("gpu", "cpu"), 2, 1, board, identities);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "watcher");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, UnusableRecords.class);
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UndecodableRecords.class);
    properties.put(UndecodableRecords.TOPIC_CONFIG, Topics.DEFAULT.deadLetters());
    driver = new TopologyTestDriver(HotspotTopology.of(connection, shell), properties, now);
  }

  static Watcher on(Path stateFolder) {
    return new Watcher(stateFolder, START);
  }

  Instant now() {
    return now;
  }

  /** Attempts of an operation on a GPU that all ended then. */
  void ended(String operation, Instant at, int attempts, double seconds) {
    for (int i = 0; i < attempts; i++) {
      send(trace("p", operation, "gpu", at, seconds).build());
    }
  }

  static ExecutionTrace.Builder trace(
      String pool, String operation, String deviceClass, Instant at, double seconds) {
    long micros = Math.round(seconds * 1e6);
    return ExecutionTrace.newBuilder()
        .setPool(pool)
        .setJob("j")
        .setTaskId("t")
        .setAttempt(1)
        .setOperation(operation)
        .setService("test")
        .setStartTime(at.minusNanos(Math.max(0, micros) * 1_000))
        .setEndTime(at)
        .setDurationMicros(micros)
        .setSucceeded(true)
        .setDeviceClass(deviceClass)
        .setDeviceId("d")
        .setTraceId("0".repeat(32))
        .setSpanId("0".repeat(16));
  }

  void send(ExecutionTrace trace) {
    driver
        .createInputTopic(
            Topics.DEFAULT.executionTraces(), new StringSerializer(), traces.serializer())
        .pipeInput(new TestRecord<>(trace.getOperation(), trace, now));
  }

  void sendBytes(byte[] value, Headers headers) {
    driver
        .createInputTopic(
            Topics.DEFAULT.executionTraces(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>("op".getBytes(StandardCharsets.UTF_8), value, headers, now));
  }

  byte[] bytes(String topic, SpecificRecord value) {
    return value instanceof ExecutionTrace trace
        ? traces.serializer().serialize(topic, trace)
        : events.serializer().serialize(topic, (HotspotEvent) value);
  }

  /** Lets time pass second by second, and the punctuators with it. */
  void pass(long seconds) {
    for (long i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
  }

  List<HotspotEvent> events() {
    return driver
        .createOutputTopic(
            Topics.DEFAULT.hotspots(), new StringDeserializer(), events.deserializer())
        .readValuesToList();
  }

  List<TestRecord<byte[], byte[]>> deadLetters() {
    return driver
        .createOutputTopic(
            Topics.DEFAULT.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  KeyValueStore<Bytes, byte[]> store(String name) {
    return driver.getKeyValueStore(name);
  }

  @Override
  public void close() {
    driver.close();
    traces.close();
    events.close();
  }
}
