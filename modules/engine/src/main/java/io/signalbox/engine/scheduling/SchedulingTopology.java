package io.signalbox.engine.scheduling;

import io.signalbox.events.Assignment;
import io.signalbox.events.Control;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.HotspotEvent;
import io.signalbox.events.JobEvent;
import io.signalbox.events.ModelStatistics;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TasksSubmitted;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology that schedules.
 *
 * <pre>
 *  task-submitted   ─┐                                    ┌─> assignments.CLASS   (partition = lane)
 *  task-events      ─┤                                    ├─> job-events          (key = job)
 *  device-telemetry ─┼─> pool ────────────────────────────┼─> dead-letters        (as they came)
 *  control          ─┤    │                               └─> the same five topics, for records
 *  hotspots         ─┘    │                                   that came on another pool's partition
 *    (key = pool)         ├── pool-rows (changelogged)
 *  models ── keep-models ─┴── models (of all pools, on each engine) <── to-models
 * </pre>
 *
 * <p>It is one topology because a decision needs all of it at once: which tasks are ready, which
 * devices are free, what an operator has ordered, what is hot. The five inputs are partitioned
 * alike by pool, so one stream task owns a pool and is its single writer; a completion becomes the
 * next assignment in one hop, in one transaction with the rows that changed. Split into several
 * topologies, every decision would cross a repartition topic and wait for another commit.
 */
public final class SchedulingTopology {
  static final String STORE = "pool-rows";
  static final String PROCESSOR = "pool";
  static final String ASSIGNMENTS_SINK = "to-assignments";
  static final String JOB_EVENTS_SINK = "to-job-events";
  static final String DEAD_LETTERS_SINK = "to-dead-letters";
  static final String MODELS_SINK = "to-models";

  /** What all pools have told of run times, a copy on each engine. */
  static final String MODELS = "models";

  private final Connection connection;
  private final Topics topics;
  private final Topology topology = new Topology();

  private SchedulingTopology(Connection connection) {
    this.connection = connection;
    this.topics = connection.topics();
  }

  /** Builds it. */
  public static Topology of(Connection connection, Shell shell) {
    return new SchedulingTopology(connection).build(shell);
  }

  private Topology build(Shell shell) {
    Map<String, Class<? extends SpecificRecord>> inputs = inputs(topics);
    inputs.forEach((topic, type) -> source(topic, type, shell));
    topology.addProcessor(
        PROCESSOR,
        () -> new PoolProcessor(shell, deserializer(ModelStatistics.class)),
        inputs.keySet().stream()
            .map(topic -> "from-" + bare(topic, topics))
            .toArray(String[]::new));
    topology.addStateStore(rows(), PROCESSOR);
    models();
    topology.addSink(
        ASSIGNMENTS_SINK,
        new AssignmentTopic(topics),
        new StringSerializer(),
        serializer(Assignment.class),
        lanes(),
        PROCESSOR);
    topology.addSink(
        JOB_EVENTS_SINK,
        topics.jobEvents(),
        new StringSerializer(),
        serializer(JobEvent.class),
        PROCESSOR);
    topology.addSink(
        MODELS_SINK,
        topics.models(),
        new StringSerializer(),
        serializer(ModelStatistics.class),
        PROCESSOR);
    bytesSink(DEAD_LETTERS_SINK, topics.deadLetters());
    inputs.keySet().forEach(topic -> bytesSink(rerouteSink(topic, topics), topic));
    return topology;
  }

  /** The topics it reads, with what they carry. */
  public static Map<String, Class<? extends SpecificRecord>> inputs(Topics topics) {
    Map<String, Class<? extends SpecificRecord>> inputs = new LinkedHashMap<>();
    inputs.put(topics.taskSubmitted(), TasksSubmitted.class);
    inputs.put(topics.taskEvents(), TaskEvent.class);
    inputs.put(topics.deviceTelemetry(), DeviceTelemetry.class);
    inputs.put(topics.control(), Control.class);
    inputs.put(topics.hotspots(), HotspotEvent.class);
    return inputs;
  }

  static String rerouteSink(String topic, Topics topics) {
    return "reroute-" + bare(topic, topics);
  }

  /** Nodes are named by the topic without its prefix, which is a setting. */
  private static String bare(String topic, Topics topics) {
    return topic.substring(topics.prefix().length());
  }

  private void source(String topic, Class<? extends SpecificRecord> type, Shell shell) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        "from-" + bare(topic, topics),
        new ArrivalTimestamps(),
        new ByteArrayDeserializer(),
        new ReceivedDeserializer(shell.identities().checked(deserializer(type))),
        topic);
  }

  /** Read by all engines whole, since any pool may be the first to need what another one knows. */
  private void models() {
    topology.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(MODELS), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled(),
        "from-models",
        new BytesDeserializer(),
        new ByteArrayDeserializer(),
        topics.models(),
        "keep-models",
        KeepModels::new);
  }

  private void bytesSink(String name, String topic) {
    topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), PROCESSOR);
  }

  private <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
    return connection.serde(type).deserializer();
  }

  private <T extends SpecificRecord> Serializer<T> serializer(Class<T> type) {
    return connection.serde(type).serializer();
  }

  /** Rows are cached, so that a row that changes several times between commits is written once. */
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> rows() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingEnabled()
        .withLoggingEnabled(Map.of());
  }

  private static StreamPartitioner<String, Assignment> lanes() {
    return (topic, device, assignment, partitions) -> Optional.of(Set.of(assignment.getLane()));
  }
}
