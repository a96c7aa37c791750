package io.signalbox.bench.soak;

import io.signalbox.bench.measure.Machine;
import java.util.List;

/**
 * What a soak found.
 *
 * @param bench name of the benchmark
 * @param seconds how long it took
 * @param tasks that were submitted and succeeded
 * @param refusedJobs of the tenant that brings more than its quota
 * @param guarantee of the engine
 * @param minutes how it went
 * @param machine where it ran
 */
public record SoakReport(
    String bench,
    double seconds,
    long tasks,
    long refusedJobs,
    String guarantee,
    List<Minute> minutes,
    Machine machine) {
  /** Takes the minutes as they are now. */
  public SoakReport {
    minutes = List.copyOf(minutes);
  }

  /**
   * How it stood.
   *
   * @param second since the beginning
   * @param tasks done so far
   * @param heapMegabytes used when all garbage is gone, of broker, engine, workers and producer
   */
  public record Minute(long second, long tasks, double heapMegabytes) {}
}
