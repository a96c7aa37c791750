package io.signalbox.bench.throughput;

import io.signalbox.bench.rig.FleetSize;
import io.signalbox.bench.shape.JobShape;

/**
 * What is run.
 *
 * @param shape of each job
 * @param tasks of all jobs of a round together
 * @param jobs submitted at once in each round
 * @param fleet that runs them
 * @param rounds that are measured
 * @param warmUpSeconds rounds are run for at least that long before, one at least
 */
public record ThroughputSettings(
    JobShape shape, int tasks, int jobs, FleetSize fleet, int rounds, double warmUpSeconds) {
  /** Checks that there is something to do. */
  public ThroughputSettings {
    if (tasks < 1 || jobs < 1 || jobs > tasks || rounds < 1) {
      throw new IllegalArgumentException(
          "%d tasks in %d jobs, %d rounds: each must be at least 1, and a job needs a task"
              .formatted(tasks, jobs, rounds));
    }
  }
}
