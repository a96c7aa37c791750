package io.signalbox.bench.soak;

import io.signalbox.bench.rig.FleetSize;

/**
 * A load that lasts.
 *
 * @param seconds how long
 * @param tasksPerSecond that are submitted and done
 * @param fleet what does them
 */
public record SoakSettings(int seconds, int tasksPerSecond, FleetSize fleet) {
  /** Checks that there is something. */
  public SoakSettings {
    if (seconds < 1 || tasksPerSecond < 1) {
      throw new IllegalArgumentException(
          "a soak takes a second and a task: %d s, %d tasks/s".formatted(seconds, tasksPerSecond));
    }
  }
}
