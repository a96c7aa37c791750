package io.signalbox.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One decision from event to offer: an attempt completes, its device starts what it has prefetched,
 * the pool's tick places a task, and the offer is written down. An engine ticks once for all that
 * it has read before a commit, so a tick also comes after a batch of completions. The virtual
 * workers are part of the measured time (a heap of running attempts, well under a microsecond);
 * submissions aren't.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 3,
    jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class DecisionBenchmark {
  private static final int ENDS = 240;
  private static final int HALF_JOB = 1_000;

  @Param({"plb", "fifo"})
  String policy = "";

  @Param("10000")
  int devices;

  @Param("100000")
  int readyTasks;

  /** Completions between two ticks; a divisor of those of an invocation. */
  @Param({"1", "12"})
  int batch;

  private BusyPool pool = new BusyPool("fifo", 1, effect -> {});
  private SampleTasks tasks = new SampleTasks(1);
  private int jobs;

  /** Fills all devices and leaves the given number of tasks ready. */
  @Setup
  public void fill(Blackhole effects) {
    pool = new BusyPool(policy, devices, effects::consume);
    tasks = new SampleTasks(1);
    // Half of a job's tasks are ready at once.
    for (int ready = 0; ready < readyTasks + devices; ready += HALF_JOB) {
      submit(2 * HALF_JOB);
    }
    pool.tick();
  }

  /** As many tasks as the next invocation places. */
  @Setup(Level.Invocation)
  public void refill() {
    submit(ENDS);
  }

  private void submit(int count) {
    pool.submit("job-" + ++jobs, tasks.pairs(count));
  }

  /** For each attempt that ends, one task is placed. */
  @Benchmark
  @OperationsPerInvocation(ENDS)
  public void completionToOffer() {
    for (int i = 0; i < ENDS; i += batch) {
      pool.step(batch);
    }
  }
}
