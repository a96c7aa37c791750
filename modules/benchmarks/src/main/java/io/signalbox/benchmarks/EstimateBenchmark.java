package io.signalbox.benchmarks;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Work;
import java.util.Map;
import java.util.SplittableRandom;
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

/** A question to the run-time model, and a sample it learns from, at so many operations. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class EstimateBenchmark {
  @Param("1000")
  int operations;

  /** Whether tasks bring estimates of their own for every class. */
  @Param({"false", "true"})
  boolean given;

  private final SplittableRandom random = new SplittableRandom(1);
  private RunTimeEstimator estimator = new RunTimeEstimator(SampleFleet.CLASSES);
  private Work[] works = {};
  private int next;

  /** Lets the model see every operation on every class. */
  @Setup
  public void learn() {
    estimator = new RunTimeEstimator(SampleFleet.CLASSES);
    works = new Work[operations];
    for (int i = 0; i < operations; i++) {
      Map<String, Double> estimates =
          given
              ? Map.of(
                  "nvidia-h100",
                  1.0,
                  "nvidia-a100",
                  2.0,
                  "ascend-910",
                  2.5,
                  "cpu",
                  9.0,
                  "edge",
                  5.0)
              : Map.of();
      works[i] = new Work("operation-" + i, "1", 1 + i % 7, estimates);
      for (DeviceClass deviceClass : SampleFleet.CLASSES) {
        for (int sample = 0; sample < 10; sample++) {
          estimator.observe(works[i], deviceClass.name(), 1 + random.nextDouble());
        }
      }
    }
  }

  private Work work() {
    next = next + 1 == works.length ? 0 : next + 1;
    return works[next];
  }

  private static String deviceClass(int number) {
    return SampleFleet.CLASSES.get(number % SampleFleet.CLASSES.size()).name();
  }

  /** Expected seconds of a task on a class. */
  @Benchmark
  public double predict() {
    return estimator.seconds(work(), deviceClass(next));
  }

  /** Learns from one attempt. What has to be stored is taken away as the pool does. */
  @Benchmark
  public Object observe() {
    estimator.observe(work(), deviceClass(next), 1 + random.nextDouble());
    return estimator.changedRunTimes();
  }
}
