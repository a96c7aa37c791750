package io.signalbox.engine.scheduling;

import io.signalbox.core.pool.Row;
import io.signalbox.engine.rows.RowCodec;
import io.signalbox.engine.rows.StoreKey;
import io.signalbox.events.Assignment;
import io.signalbox.events.JobEvent;
import io.signalbox.events.ModelStatistics;
import io.signalbox.events.connection.Connection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The engine's own shell of one pool partition ({@link PoolProcessor} and all behind it) in virtual
 * time: records come in as the bytes that are in the log and leave as bytes. Its rows survive it;
 * {@link #start} is what a new engine does with them.
 */
public final class VirtualPartition {
  /** Takes what the topology sends. */
  public interface Sink {
    /**
     * @param partition where it goes; null where the key says it
     */
    void send(
        String topic,
        @Nullable Integer partition,
        byte @Nullable [] key,
        byte[] value,
        Headers headers);
  }

  /** Serdes keep their schemas, so all runs of a process share them. */
  public static final class Codecs {
    private final Map<String, ReceivedDeserializer> inputs = new HashMap<>();
    private final Serializer<Assignment> assignments;
    private final Serializer<JobEvent> jobEvents;
    private final Deserializer<ModelStatistics> models;

    /** For the topics of a connection. */
    public Codecs(Connection connection) {
      SchedulingTopology.inputs(connection.topics())
          .forEach((topic, type) ->
              inputs.put(topic, new ReceivedDeserializer(connection.serde(type).deserializer())));
      assignments = connection.serde(Assignment.class).serializer();
      jobEvents = connection.serde(JobEvent.class).serializer();
      models = connection.serde(ModelStatistics.class).deserializer();
    }
  }

  private record Place(String topic, int partition, long offset) implements RecordMetadata {}

  private final int partition;
  private final Shell shell;
  private final Codecs codecs;
  private final DoubleSupplier seconds;
  private final Sink sink;
  private final Runnable boundary;
  private final VirtualRows rows = new VirtualRows();
  private @Nullable VirtualContext context;
  private @Nullable PoolProcessor processor;

  /**
   * A partition without rows, whose engine isn't running.
   *
   * @param boundary called before each effect (a row's write, a record's send); it may throw
   */
  public VirtualPartition(
      int partition,
      Shell shell,
      Codecs codecs,
      DoubleSupplier seconds,
      Sink sink,
      Runnable boundary) {
    this.partition = partition;
    this.shell = shell;
    this.codecs = codecs;
    this.seconds = seconds;
    this.sink = sink;
    this.boundary = boundary;
    rows.boundary(boundary);
  }

  /** An engine takes the partition up. */
  public void start() {
    context = new VirtualContext(partition, rows, seconds, this::forward);
    processor = new PoolProcessor(shell, codecs.models);
    processor.init(context);
  }

  /** The engine is gone, and what it hasn't committed with it. */
  public void abort() {
    rows.abort();
    if (processor != null) {
      processor.close();
    }
    context = null;
    processor = null;
  }

  /** The engine is gone; what it has written stays, whether it was done with it or not. */
  public void crash() {
    rows.commit();
    abort();
  }

  /** Rows that the store doesn't keep are lost without a word. */
  public void keeps(Predicate<Row> kept) {
    rows.keeps((bytes, value) -> {
      StoreKey key = StoreKey.of(bytes);
      return kept.test(RowCodec.decode(key.pool(), key.row(), value));
    });
  }

  /** What was written is there to stay. */
  public void commit() {
    rows.commit();
  }

  /** Reads one record. */
  public void process(
      String topic,
      long offset,
      byte @Nullable [] key,
      byte[] value,
      Headers headers,
      long millis) {
    VirtualContext running = Objects.requireNonNull(context);
    running.at(new Place(topic, partition, offset));
    Received received =
        Objects.requireNonNull(codecs.inputs.get(topic)).deserialize(topic, headers, value);
    Objects.requireNonNull(processor).process(new Record<>(key, received, millis, headers));
  }

  /** The punctuator's time has come. Returns whether a commit is wanted. */
  public boolean punctuate() {
    VirtualContext running = Objects.requireNonNull(context);
    running.punctuate();
    return running.takeCommitRequest();
  }

  /** The rows of a pool, as a new engine would read them. */
  public List<Row> rows(String pool) {
    return new PoolRows(rows)
        .read(
            pool,
            stored -> {
              List<Row> all = new ArrayList<>();
              stored.forEach(all::add);
              return all;
            });
  }

  private void forward(String name, Record<?, ?> record) {
    boundary.run();
    var topics = shell.topics();
    Headers headers = record.headers();
    switch (record.value()) {
      case Assignment assignment -> {
        String topic = topics.assignments(assignment.getDeviceClass());
        sink.send(
            topic,
            assignment.getLane(),
            bytes(record.key()),
            codecs.assignments.serialize(topic, headers, assignment),
            headers);
      }
      case JobEvent event ->
          sink.send(
              topics.jobEvents(),
              0,
              bytes(record.key()),
              codecs.jobEvents.serialize(topics.jobEvents(), headers, event),
              headers);
      // What pools tell each other is beside the point here.
      case ModelStatistics told -> {}
      case byte[] bytes -> {
        boolean dead = name.equals(SchedulingTopology.DEAD_LETTERS_SINK);
        sink.send(
            dead ? topics.deadLetters() : topics.prefix() + name.substring("reroute-".length()),
            dead ? 0 : null,
            (byte[]) record.key(),
            bytes,
            headers);
      }
      default -> throw new IllegalStateException("nobody writes " + record.value());
    }
  }

  private static byte[] bytes(Object key) {
    return key.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The partition of a pool. */
  public static int of(String pool, int partitions) {
    return PoolPartition.of(pool, partitions);
  }
}
