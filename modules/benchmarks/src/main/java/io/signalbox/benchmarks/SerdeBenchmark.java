package io.signalbox.benchmarks;

import io.signalbox.core.pool.Row;
import io.signalbox.engine.rows.RowCodec;
import io.signalbox.engine.rows.StoreKey;
import io.signalbox.events.Content;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskEventType;
import io.signalbox.events.registry.MemorySchemaRegistry;
import io.signalbox.events.registry.SchemaRegistry;
import io.signalbox.events.serde.AvroDeserializer;
import io.signalbox.events.serde.AvroSerializer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * To bytes and back: an event with a small result in Avro, a task's rows in the store's own format.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class SerdeBenchmark {
  private static final String TOPIC = "signalbox.task-events";
  private static final String POOL = "default";

  private final SchemaRegistry registry = new MemorySchemaRegistry();
  private final AvroSerializer<TaskEvent> serializer = new AvroSerializer<>(registry);
  private final AvroDeserializer<TaskEvent> deserializer =
      new AvroDeserializer<>(TaskEvent.class, registry);
  private final TaskEvent event = event();
  private final byte[] eventBytes = Objects.requireNonNull(serializer.serialize(TOPIC, event));
  private final Row.SpecRow spec =
      new Row.SpecRow("multimodal-qa-1", new SampleTasks(1).pairs(2).getFirst());
  private final byte[] specBytes = RowCodec.encode(spec);

  private static TaskEvent event() {
    Instant now = Instant.ofEpochSecond(1_800_000_000);
    byte[] result = "{\"boxes\": [[1, 2, 30, 40]]}".getBytes(StandardCharsets.UTF_8);
    return TaskEvent.newBuilder()
        .setPool(POOL)
        .setJob("multimodal-qa-1")
        .setTaskId("vision.detect-17")
        .setAttempt(1)
        .setType(TaskEventType.COMPLETED)
        .setDeviceId("nvidia-a100-3")
        .setIncarnation(1)
        .setAt(now)
        .setStartedAt(now.minusSeconds(1))
        .setResult(
            Content.newBuilder()
                .setContentType("application/json")
                .setBytes(ByteBuffer.wrap(result))
                .setSizeBytes(result.length)
                .build())
        .build();
  }

  /** An event to bytes. */
  @Benchmark
  public byte[] writeEvent() {
    return Objects.requireNonNull(serializer.serialize(TOPIC, event));
  }

  /** An event from bytes. */
  @Benchmark
  public TaskEvent readEvent() {
    return Objects.requireNonNull(deserializer.deserialize(TOPIC, eventBytes));
  }

  /** A task's spec to bytes. */
  @Benchmark
  public byte[] writeSpec() {
    return RowCodec.encode(spec);
  }

  /** A task's spec from bytes. */
  @Benchmark
  public Row readSpec() {
    return RowCodec.decode(POOL, spec.key(), specBytes);
  }

  /** A row's key to bytes. */
  @Benchmark
  public Object writeKey() {
    return new StoreKey(POOL, spec.key()).toBytes();
  }
}
