package io.signalbox.benchmarks;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.pool.Input;
import io.signalbox.core.pool.Pool;
import io.signalbox.core.pool.PoolSettings;
import java.util.List;
import java.util.Set;
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
 * A heartbeat of an idle device, every device once a second: with ticks in between, so that the
 * look for silent devices is part of it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class HeartbeatBenchmark {
  @Param("10000")
  int devices;

  private Pool pool = new Pool("heartbeats", PoolSettings.of(SampleFleet.CLASSES));
  private double now = 1;
  private int next;
  private long sequence;

  /** Lets every device join. */
  @Setup
  public void join(Blackhole effects) {
    pool = new Pool("heartbeats", PoolSettings.of(SampleFleet.CLASSES));
    for (int i = 0; i < devices; i++) {
      heartbeat(effects);
    }
  }

  /** One heartbeat, and a tick after every hundredth. */
  @Benchmark
  public void heartbeat(Blackhole effects) {
    now += 1.0 / devices;
    DeviceReport report =
        new DeviceReport(
            "device-" + next,
            SampleFleet.classOf(next),
            1,
            ++sequence,
            DeviceReport.State.ACTIVE,
            List.of(next % 8),
            1,
            3,
            0,
            List.of(),
            0,
            1e9,
            1e-3,
            0,
            true,
            Set.of());
    pool.on(new Input.DeviceReported(report), now, effects::consume);
    next = next + 1 == devices ? 0 : next + 1;
    if (next % 100 == 0) {
      pool.tick(now, effects::consume);
    }
  }
}
