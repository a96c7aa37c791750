package io.signalbox.core.device;

import io.signalbox.core.job.TaskRef;
import org.jspecify.annotations.Nullable;

/**
 * How one device's attempts end: an exponentially weighted mean of ln(actual / predicted) run time,
 * and what went wrong in a row. Logarithms are cut off, so that a straggler weighs no more than a
 * device that is slow through and through.
 */
public final class Health {
  /** Samples before anything is said of a device. */
  private static final int LEAST_SAMPLES = 8;

  private static final double LEAST_RATE = 0.1;
  private static final double LARGEST = Math.log(5);

  private int samples;
  private double logRatio;
  private int failures;
  private @Nullable TaskRef lastFailed;
  private int failedChecks;

  Health() {}

  /** An attempt took exp(sample) times its predicted run time. */
  public void took(double sample) {
    double rate = Math.max(LEAST_RATE, 1.0 / ++samples);
    logRatio += rate * (Math.clamp(sample, -LARGEST, LARGEST) - logRatio);
  }

  /** An attempt was stopped after exp(sample) times its predicted run time. */
  public void tookLonger(double sample) {
    if (sample > logRatio) {
      took(sample);
    }
  }

  /** Mean of ln(actual / predicted). */
  double logRatio() {
    return logRatio;
  }

  /** True when there are enough samples to judge by. */
  boolean isKnown() {
    return samples >= LEAST_SAMPLES;
  }

  /** An attempt succeeded. */
  public void succeeded() {
    failures = 0;
    lastFailed = null;
  }

  /**
   * An attempt failed or was lost, and not through its own fault. The same task failing again says
   * nothing new.
   *
   * @return how many tasks in a row did so
   */
  public int failed(TaskRef task) {
    if (!task.equals(lastFailed)) {
      failures++;
      lastFailed = task;
    }
    return failures;
  }

  /** A heartbeat came; returns how many in a row carried a failed health check. */
  public int checked(boolean healthy) {
    failedChecks = healthy ? 0 : failedChecks + 1;
    return failedChecks;
  }

  /** Forgets how long attempts took and that they failed. */
  void forget() {
    samples = 0;
    logRatio = 0;
    succeeded();
  }

  /** Goes on from what was stored. */
  void restore(double slowness) {
    if (slowness > 1) {
      samples = LEAST_SAMPLES;
      logRatio = Math.log(slowness);
    }
  }
}
