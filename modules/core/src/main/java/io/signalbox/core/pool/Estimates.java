package io.signalbox.core.pool;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.estimate.Work;
import io.signalbox.core.job.TaskSpec;

/** Run times as ranks need them. */
final class Estimates {
  private Estimates() {}

  /**
   * Predicted seconds on the fastest class that the task may run on: the weight of the upward
   * rank. The minimum over the classes ranks better than HEFT's mean when the classes are unlike.
   */
  static double fastest(State state, TaskSpec spec) {
    Work work = Work.of(spec);
    double fastest = Double.POSITIVE_INFINITY;
    for (ClassDevices candidates : state.fleet.classes()) {
      if (spec.classes().isEmpty() || spec.classes().contains(candidates.name())) {
        fastest = Math.min(fastest, state.estimator.seconds(work, candidates.name()));
      }
    }
    return fastest;
  }
}
