package io.signalbox.benchmarks;

import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.pool.Input;
import io.signalbox.core.pool.Pool;
import io.signalbox.core.pool.PoolSettings;
import java.util.List;
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
 * What a task costs to take in, by the size of its job: it should be the same for a thousand and
 * for a million. Records of 1,000 tasks, each with a parent in the record before.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 5)
@Fork(
    value = 3,
    jvmArgs = {"-Xmx4g", "-XX:+UseParallelGC"})
public class SubmissionBenchmark {
  private static final int RECORD = 1_000;

  /** Of a job. */
  @Param({"1000", "10000", "100000", "1000000"})
  int jobTasks;

  private Pool pool = pool();
  private List<TaskSpec> record = List.of();
  private int jobs;
  private int submitted;

  private static Pool pool() {
    return new Pool("intake", PoolSettings.of(SampleFleet.CLASSES));
  }

  /** Describes the next record's tasks, and starts with an empty pool after a million of them. */
  @Setup(Level.Invocation)
  public void describe() {
    if (submitted % 1_000_000 == 0) {
      pool = pool();
    }
    record = SampleTasks.layer(submitted % jobTasks / RECORD, RECORD);
  }

  /** Takes one record in. */
  @Benchmark
  @OperationsPerInvocation(RECORD)
  public void submit(Blackhole effects) {
    if (submitted % jobTasks == 0) {
      jobs++;
    }
    submitted += RECORD;
    boolean sealed = submitted % jobTasks == 0;
    Input input = new Input.TasksSubmitted("job-" + jobs, JobHeader.DEFAULT, record, sealed);
    pool.on(input, 1, effects::consume);
  }
}
