package io.signalbox.bench.latency;

import io.signalbox.bench.rig.FleetSize;

/**
 * What is run.
 *
 * @param tasksPerSecond that are submitted, evenly
 * @param seconds that are measured
 * @param warmUpSeconds before, not counted
 * @param fleet that runs the tasks
 */
public record LatencySettings(int tasksPerSecond, int seconds, int warmUpSeconds, FleetSize fleet) {
  /** Checks that there is something to measure. */
  public LatencySettings {
    if (tasksPerSecond < 2 || seconds < 1 || warmUpSeconds < 0) {
      throw new IllegalArgumentException(
          "%d tasks a second for %d s after %d s can't be measured"
              .formatted(tasksPerSecond, seconds, warmUpSeconds));
    }
  }
}
