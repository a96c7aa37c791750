package io.signalbox.benchmarks;

import io.signalbox.core.hotspot.HotspotSettings;
import io.signalbox.engine.board.HotspotBoard;
import io.signalbox.engine.hotspots.OpenPanes;
import io.signalbox.engine.hotspots.Pane;
import io.signalbox.events.ExecutionTrace;
import io.signalbox.events.registry.MemorySchemaRegistry;
import io.signalbox.events.registry.SchemaRegistry;
import io.signalbox.events.serde.AvroDeserializer;
import io.signalbox.events.serde.AvroSerializer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Bytes;
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
 * A trace from its bytes into its pane, and the pane's bytes to where the store keeps them: all
 * that the first step of the hotspots topology does for it, but for Kafka's own part. 100
 * operations whose run times are log-normal over three orders of magnitude, one core.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class TraceBenchmark {
  private static final int TRACES = 4_096;
  private static final int OPERATIONS = 100;
  private static final long NOW_MILLIS = 1_800_000_000_000L;
  private static final String TOPIC = "signalbox.execution-traces";

  private final SchemaRegistry registry = new MemorySchemaRegistry();
  private final AvroDeserializer<ExecutionTrace> deserializer =
      new AvroDeserializer<>(ExecutionTrace.class, registry);
  private final byte[][] traces = traces();
  private final OpenPanes panes =
      new OpenPanes(HotspotSettings.DEFAULT, Set.of("gpu"), 10, new HotspotBoard());
  private final Map<Bytes, byte[]> store = new HashMap<>();
  private int next;

  private byte[][] traces() {
    Random random = new Random(1);
    AvroSerializer<ExecutionTrace> serializer = new AvroSerializer<>(registry);
    byte[][] bytes = new byte[TRACES][];
    for (int i = 0; i < TRACES; i++) {
      bytes[i] = Objects.requireNonNull(serializer.serialize(TOPIC, trace(i, random)));
    }
    return bytes;
  }

  private static ExecutionTrace trace(int i, Random random) {
    Instant end = Instant.ofEpochMilli(NOW_MILLIS - random.nextInt(5_000));
    long micros = Math.round(1e5 * Math.exp(1.15 * random.nextGaussian()));
    return ExecutionTrace.newBuilder()
        .setPool("default")
        .setJob("multimodal-qa-" + i)
        .setTaskId("vision.detect-17")
        .setAttempt(1)
        .setOperation("operation-" + random.nextInt(OPERATIONS))
        .setService("worker")
        .setStartTime(end.minusNanos(micros * 1_000))
        .setEndTime(end)
        .setDurationMicros(micros)
        .setSucceeded(true)
        .setDeviceClass("gpu")
        .setDeviceId("gpu-" + i % 32)
        .setTraceId("0af7651916cd43dd8448eb211c80319c")
        .setSpanId("b7ad6b7169203331")
        .build();
  }

  /** Traces a second. */
  @Benchmark
  public Object aggregate() {
    next = next + 1 == TRACES ? 0 : next + 1;
    ExecutionTrace trace = Objects.requireNonNull(deserializer.deserialize(TOPIC, traces[next]));
    Pane pane = Objects.requireNonNull(panes.count(trace, NOW_MILLIS));
    store.put(pane.storeKey(), pane.toBytes());
    return pane;
  }
}
