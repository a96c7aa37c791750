package io.signalbox.benchmarks;

import io.signalbox.core.pool.Input;
import io.signalbox.core.pool.Pool;
import io.signalbox.core.pool.PoolSettings;
import io.signalbox.core.tuning.PoolWatch;
import io.signalbox.core.tuning.TuningSettings;
import io.signalbox.engine.translate.Inputs;
import io.signalbox.engine.translate.Lanes;
import io.signalbox.engine.tuning.Sightings;
import io.signalbox.events.DeviceState;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.registry.MemorySchemaRegistry;
import io.signalbox.events.registry.SchemaRegistry;
import io.signalbox.events.serde.AvroDeserializer;
import io.signalbox.events.serde.AvroSerializer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A heartbeat from its bytes on, with zone and labels, each device once in two seconds: all that
 * both topologies that read it do for it, but for Kafka's own part. With 10,000 devices there are
 * 5,000 a second, so 40 microseconds are a fifth of a core.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class TelemetryBenchmark {
  private static final double INTERVAL_SECONDS = 2;
  private static final double PAUSE_SECONDS = 0.02;
  private static final String TOPIC = "signalbox.device-telemetry";

  @Param("10000")
  int devices;

  private final SchemaRegistry registry = new MemorySchemaRegistry();
  private final AvroDeserializer<DeviceTelemetry> deserializer =
      new AvroDeserializer<>(DeviceTelemetry.class, registry);
  private final Inputs inputs = new Inputs(new AllLanes());
  private byte[][] records = new byte[0][];
  private Pool pool = new Pool("telemetry", PoolSettings.of(SampleFleet.CLASSES));
  private PoolWatch watch = new PoolWatch(TuningSettings.DEFAULT);
  private double now = 1;
  private double tickedAt;
  private double checkedAt;
  private int next;

  /** Lets every device join. */
  @Setup
  public void join(Blackhole effects) {
    AvroSerializer<DeviceTelemetry> serializer = new AvroSerializer<>(registry);
    records = new byte[devices][];
    for (int i = 0; i < devices; i++) {
      records[i] = Objects.requireNonNull(serializer.serialize(TOPIC, telemetry(i)));
    }
    pool = new Pool("telemetry", PoolSettings.of(SampleFleet.CLASSES));
    watch = new PoolWatch(TuningSettings.DEFAULT);
    for (int i = 0; i < devices; i++) {
      heartbeat(effects);
    }
  }

  private static DeviceTelemetry telemetry(int device) {
    return DeviceTelemetry.newBuilder()
        .setPool("telemetry")
        .setDeviceId("device-" + device)
        .setDeviceClass(SampleFleet.classOf(device))
        .setIncarnation(1_800_000_000_000L)
        .setSequence(1_000)
        .setAt(Instant.ofEpochMilli(1_800_000_000_000L))
        .setState(DeviceState.ACTIVE)
        .setLanes(List.of(device % 8))
        .setSlots(1)
        .setPrefetch(3)
        .setMemoryTotalBytes(80L << 30)
        .setMemoryFreeBytes(40L << 30)
        .setBandwidthBytesPerSecond(3e9)
        .setLinkLatencyMillis(1)
        .setLoad(0.4)
        .setPowerWatts(310.0)
        .setZone("zone-" + device % 16)
        .setLabels(Map.of("arch", "x86-64", "driver", "570.86", "accelerator", "gpu"))
        .setWarmModels(List.of("llm-decode", "llm-prefill", "rerank"))
        .build();
  }

  /** One heartbeat; ticks and checks come by the clock. */
  @Benchmark
  public void heartbeat(Blackhole effects) {
    now += INTERVAL_SECONDS / devices;
    byte[] bytes = records[next];
    next = next + 1 == devices ? 0 : next + 1;
    // Each topology decodes it for itself.
    Input input = inputs.read(decoded(bytes), null);
    pool.on(input, now, effects::consume);
    watch.seen(Sightings.of(decoded(bytes)), now);
    if (now - tickedAt >= PAUSE_SECONDS) {
      tickedAt = now;
      pool.tick(now, effects::consume);
    }
    if (now - checkedAt >= 1) {
      checkedAt = now;
      effects.consume(watch.check(now));
    }
  }

  private DeviceTelemetry decoded(byte[] bytes) {
    return Objects.requireNonNull(deserializer.deserialize(TOPIC, bytes));
  }

  /** A cluster in which every lane is there. */
  private static final class AllLanes implements Lanes {
    @Override
    public List<Integer> existing(String deviceClass, List<Integer> lanes) {
      return lanes;
    }

    @Override
    public void need(String deviceClass, int lanes) {
      throw new IllegalStateException("every device has a lane");
    }
  }
}
