package io.signalbox.bench.scale;

import io.signalbox.bench.rig.FleetSize;
import io.signalbox.bench.shape.JobShape;

/**
 * What is run.
 *
 * @param over what grows
 * @param from its least size
 * @param to its largest
 * @param factor from one size to the next
 * @param shape of each job
 * @param tasks run at each size, at least
 * @param fleet that runs them
 */
public record ScaleSettings(
    Growth over, int from, int to, int factor, JobShape shape, int tasks, FleetSize fleet) {
  /** Checks that it grows. */
  public ScaleSettings {
    if (from < 1 || to < from || factor < 2 || tasks < 1) {
      throw new IllegalArgumentException(
          "from %d to %d by %d, %d tasks: nothing grows".formatted(from, to, factor, tasks));
    }
  }
}
