package io.signalbox.engine;

import io.signalbox.engine.failure.UndecodableRecords;
import io.signalbox.engine.failure.UnusableRecords;
import io.signalbox.engine.scheduling.BatchCounter;
import io.signalbox.engine.scheduling.Batches;
import io.signalbox.engine.settings.AdaptationSettings;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.engine.settings.StreamSettings;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The configuration of Kafka Streams. What the user's Kafka properties say wins. */
final class StreamsProperties {
  /** A dead engine's partitions are taken over after that long; the broker's least value. */
  private static final int SESSION_MILLIS = 6_000;

  /** A member learns of a rebalance with its next heartbeat. */
  private static final int HEARTBEAT_MILLIS = 300;

  private static final int LINGER_MILLIS = 1;

  /**
   * A transaction that begins before the markers of the last one are written is told to come back;
   * Kafka's default of 100 ms would be the latency of a busy scheduler.
   */
  private static final int RETRY_MILLIS = 1;

  private static final int MAX_RETRY_MILLIS = 100;

  /** What is behind the application id of the topologies that watch. */
  private static final String ADAPTATION = "-adaptation";

  private static final long WATCHING_POLL_MILLIS = 100;
  private static final int WATCHING_FETCH_BYTES = 256 << 10;
  private static final int WATCHING_FETCH_MILLIS = 100;
  private static final long WATCHING_CACHE_BYTES = 32L << 20;

  private StreamsProperties() {}

  /**
   * @param address {@code host:port} under which other engines reach this one
   * @param batches is told what each poll brings
   */
  static Properties of(EngineSettings settings, String address, Batches batches) {
    Properties properties = common(settings);
    count(properties, batches);
    identity(properties, settings, "", address);
    return properties;
  }

  /** Beside the interceptors that the user wants, for instance of a tracer. */
  private static void count(Properties properties, Batches batches) {
    String key = ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG;
    String main = StreamsConfig.mainConsumerPrefix(key);
    Object given =
        Stream.of(main, StreamsConfig.consumerPrefix(key), key)
            .map(properties::get)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("");
    String own = BatchCounter.class.getName();
    properties.put(main, given.equals("") ? own : own + "," + given);
    properties.put(StreamsConfig.mainConsumerPrefix(BatchCounter.BATCHES_CONFIG), batches);
  }

  /** Those of the topologies that watch: their own group, threads and commits. */
  static Properties ofAdaptation(EngineSettings settings, String address) {
    Properties properties = common(settings);
    AdaptationSettings adaptation = settings.adaptation();
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, adaptation.threads());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, adaptation.commitIntervalMillis());
    properties.put(StreamsConfig.POLL_MS_CONFIG, WATCHING_POLL_MILLIS);
    watching(properties);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, WATCHING_CACHE_BYTES);
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, UnusableRecords.class);
    identity(properties, settings, ADAPTATION, address);
    return properties;
  }

  /**
   * Nobody waits for what they find: records come in large lots, and cost fewer requests. Under
   * their bare names these give way to whatever the user says of consumers.
   */
  private static void watching(Properties properties) {
    properties.putIfAbsent(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, WATCHING_FETCH_BYTES);
    properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, WATCHING_FETCH_MILLIS);
  }

  private static Properties common(EngineSettings settings) {
    StreamSettings streams = settings.streams();
    Properties properties = new Properties();
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, streams.threads());
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, streams.standbyReplicas());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, streams.commitIntervalMillis());
    properties.put(StreamsConfig.POLL_MS_CONFIG, streams.pollMillis());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, streams.cacheBytes());
    // Nothing depends on the order between topics; by default a task that has records of one waits
    // for what the log holds of the others.
    properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    properties.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RowStoreMemory.class);
    delivery(properties, streams);
    group(properties, settings);
    properties.putAll(settings.connection().streamsConfig());
    return properties;
  }

  /** Under exactly-once the commit flushes, and a short linger costs throughput. */
  private static void delivery(Properties properties, StreamSettings streams) {
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, streams.guarantee());
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), RETRY_MILLIS);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG), MAX_RETRY_MILLIS);
    if (!streams.exactlyOnce()) {
      properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MILLIS);
    }
  }

  /** Under the protocol {@code streams} the broker sets these times. */
  private static void group(Properties properties, EngineSettings settings) {
    String protocol = settings.streams().groupProtocol();
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, protocol);
    if (settings.streams().classicGroup()) {
      properties.put(
          StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
          InstanceId.of(settings.stateFolder()));
      properties.put(
          StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MILLIS);
      properties.put(
          StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
          HEARTBEAT_MILLIS);
    }
  }

  /** What no property may change, since the engine rests on it. */
  private static void identity(
      Properties properties, EngineSettings settings, String suffix, String address) {
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId() + suffix);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateFolder().toString());
    properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address);
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UndecodableRecords.class);
    properties.put(UndecodableRecords.TOPIC_CONFIG, settings.connection().topics().deadLetters());
  }
}
