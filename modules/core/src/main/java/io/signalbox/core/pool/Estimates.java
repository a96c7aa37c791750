package io.signalbox.core.pool;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.job.Task;
import java.util.List;

/** Run times as ranks need them. */
final class Estimates {
  private Estimates() {}

  /**
   * Predicted seconds on the fastest class that the task may run on: the weight of the upward rank.
   * The minimum over the classes ranks better than HEFT's mean when the classes are unlike.
   */
  static double fastest(State state, Task task) {
    List<String> allowed = task.spec().classes();
    double fastest = Double.POSITIVE_INFINITY;
    for (ClassDevices candidates : state.fleet.classes()) {
      if (allowed.isEmpty() || allowed.contains(candidates.name())) {
        fastest = Math.min(fastest, state.estimator.seconds(task.workload(), candidates.name()));
      }
    }
    return fastest;
  }
}
