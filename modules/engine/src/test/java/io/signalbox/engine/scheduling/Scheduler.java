package io.signalbox.engine.scheduling;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.pool.PoolSettings;
import io.signalbox.engine.board.PoolBoard;
import io.signalbox.engine.board.PoolQuestions;
import io.signalbox.engine.failure.UndecodableRecords;
import io.signalbox.engine.identity.Identities;
import io.signalbox.engine.settings.StreamSettings;
import io.signalbox.engine.translate.Lanes;
import io.signalbox.events.Assignment;
import io.signalbox.events.JobEvent;
import io.signalbox.events.ModelStatistics;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The scheduling topology on a test driver, with a clock that the test moves. */
final class Scheduler implements AutoCloseable {
  static final String GPU = Records.GPU;
  static final Topics TOPICS = Topics.DEFAULT;

  private final Connection connection = Connection.of("none:1", "mock://scheduler");
  private final Map<Class<?>, Serde<?>> serdes = new HashMap<>();
  final PoolBoard board = new PoolBoard();
  final PoolQuestions questions = new PoolQuestions();
  final List<String> lanesAskedFor = new ArrayList<>();
  final TopologyTestDriver driver;
  final Shell shell;
  private Instant now;

  /**
   * @param stateFolder where the store is kept: a driver over the same folder continues
   * @param poolPartitions partitions that the pools are spread over
   */
  Scheduler(Path stateFolder, Instant now, int poolPartitions, StreamSettings streams) {
    this(stateFolder, now, poolPartitions, streams, Identities.BELIEVED);
  }

  private Scheduler(
      Path stateFolder,
      Instant now,
      int poolPartitions,
      StreamSettings streams,
      Identities identities) {
    this.now = now;
    shell =
        new Shell(
            TOPICS,
            poolPartitions,
            streams,
            PoolSettings.of(List.of(new DeviceClass(GPU, 100, 0, 0, 0))),
            lanes(),
            board,
            questions,
            new Batches(poolPartitions),
            identities);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "scheduler");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UndecodableRecords.class);
    properties.put(UndecodableRecords.TOPIC_CONFIG, TOPICS.deadLetters());
    driver = new TopologyTestDriver(SchedulingTopology.of(connection, shell), properties, now);
  }

  static Scheduler on(Path stateFolder) {
    return new Scheduler(
        stateFolder, Instant.parse("2026-01-01T00:00:00Z"), 1, settings(1_000_000));
  }

  /** One that asks workers who they are. */
  static Scheduler asking(Path stateFolder, Identities identities, int poolPartitions) {
    return new Scheduler(
        stateFolder,
        Instant.parse("2026-01-01T00:00:00Z"),
        poolPartitions,
        settings(1_000_000),
        identities);
  }

  static StreamSettings settings(int maxAssignmentBytes) {
    return new StreamSettings(
        1, "exactly_once_v2", "classic", 0, 20, 10, 32, 20, 1 << 20, 1, 3, maxAssignmentBytes);
  }

  private Lanes lanes() {
    return new Lanes() {
      @Override
      public List<Integer> existing(String deviceClass, List<Integer> lanes) {
        return lanes.stream().filter(lane -> lane < 4).toList();
      }

      @Override
      public void need(String deviceClass, int lanes) {
        lanesAskedFor.add(deviceClass + ":" + lanes);
      }
    };
  }

  /** The store that the pools' rows are in. */
  KeyValueStore<Bytes, byte[]> store() {
    return driver.getKeyValueStore(SchedulingTopology.STORE);
  }

  /** Reads what pools tell each other. */
  Deserializer<ModelStatistics> models() {
    return connection.serde(ModelStatistics.class).deserializer();
  }

  /** Takes over the rows of another driver, as a new engine does from the changelog. */
  void takeOver(Scheduler other) {
    other.copyRows(store());
  }

  void copyRows(KeyValueStore<Bytes, byte[]> into) {
    try (KeyValueIterator<Bytes, byte[]> rows = store().all()) {
      rows.forEachRemaining(row -> into.put(row.key, row.value));
    }
  }

  Instant now() {
    return now;
  }

  void send(String topic, String key, SpecificRecord value) {
    send(topic, key, value, new RecordHeaders());
  }

  void send(String topic, String key, SpecificRecord value, Headers headers) {
    sendBytes(topic, key, bytes(topic, value), headers);
  }

  void sendBytes(String topic, String key, byte[] value, Headers headers) {
    byte[] keyBytes = key == null ? null : key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(keyBytes, value, headers, now));
  }

  byte[] bytes(String topic, SpecificRecord value) {
    return serde(value).serializer().serialize(topic, value);
  }

  /** Lets time pass, and the punctuator with it. */
  void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  void tick() {
    pass(Duration.ofMillis(20));
  }

  List<Assignment> assignments() {
    return output(TOPICS.assignments(GPU), Assignment.class).stream()
        .map(TestRecord::value)
        .toList();
  }

  List<TestRecord<String, Assignment>> assignmentRecords() {
    return output(TOPICS.assignments(GPU), Assignment.class);
  }

  List<JobEvent> jobEvents() {
    return output(TOPICS.jobEvents(), JobEvent.class).stream().map(TestRecord::value).toList();
  }

  List<TestRecord<byte[], byte[]>> deadLetters() {
    return raw(TOPICS.deadLetters());
  }

  List<TestRecord<byte[], byte[]>> raw(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private <T extends SpecificRecord> List<TestRecord<String, T>> output(
      String topic, Class<T> type) {
    try (Serde<T> serde = connection.serde(type)) {
      TestOutputTopic<String, T> output =
          driver.createOutputTopic(topic, new StringDeserializer(), serde.deserializer());
      return output.readRecordsToList();
    }
  }

  @SuppressWarnings("unchecked") // The map holds the serde of each class under it.
  private <T extends SpecificRecord> Serde<T> serde(T value) {
    return (Serde<T>)
        serdes.computeIfAbsent(value.getClass(), type -> connection.serde(value.getClass()));
  }

  @Override
  public void close() {
    driver.close();
    serdes.values().forEach(Serde::close);
  }
}
