package io.signalbox.benchmarks;

import io.signalbox.core.pool.Effect;
import io.signalbox.core.pool.Pool;
import io.signalbox.core.pool.Row;
import io.signalbox.core.pool.RowKey;
import io.signalbox.engine.rows.RowCodec;
import io.signalbox.engine.rows.StoreKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Bytes;
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

/**
 * A pool built anew from the rows of its live tasks, half of them ready, some running. In a JVM
 * that has just started: {@code bin/jmh RestoreBenchmark -bm ss -wi 0 -i 1 -f 5}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 3,
    jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class RestoreBenchmark {
  @Param("100000")
  int liveTasks;

  private List<Row> rows = List.of();
  private List<Stored> stored = List.of();

  private record Stored(byte[] key, byte[] value) {}

  /** Lets a pool come to the state that is restored. */
  @Setup
  public void run() {
    Map<RowKey, Row> kept = new HashMap<>();
    BusyPool pool =
        new BusyPool("fifo", Math.max(1, liveTasks / 100), effect -> keep(effect, kept));
    SampleTasks tasks = new SampleTasks(1);
    for (int i = 0; i < 10; i++) {
      pool.submit("job-" + i, tasks.pairs(liveTasks / 10));
    }
    pool.tick();
    rows = kept.values().stream().sorted(Comparator.comparing(row -> row.key().kind())).toList();
    stored =
        rows.stream()
            .map(row ->
                new Stored(
                    new StoreKey("restored", row.key()).toBytes().get(), RowCodec.encode(row)))
            .toList();
  }

  private static void keep(Effect effect, Map<RowKey, Row> stored) {
    if (effect instanceof Effect.Save save) {
      stored.put(save.row().key(), save.row());
    } else if (effect instanceof Effect.Delete delete) {
      stored.remove(delete.key());
    }
  }

  /** From rows to a pool that can place. */
  @Benchmark
  public Pool restore() {
    return Pool.restore("restored", BusyPool.SETTINGS, rows, 1);
  }

  /** From the bytes that are stored. */
  @Benchmark
  public Pool decodeAndRestore() {
    return Pool.restore(
        "restored",
        BusyPool.SETTINGS,
        () -> stored.stream().map(RestoreBenchmark::decoded).iterator(),
        1);
  }

  private static Row decoded(Stored stored) {
    StoreKey key = StoreKey.of(Bytes.wrap(stored.key()));
    return RowCodec.decode(key.pool(), key.row(), stored.value());
  }
}
