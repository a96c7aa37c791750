package io.signalbox.core.pool;

import io.signalbox.core.job.Task;

/** Run times as ranks need them. */
final class Estimates {
  private Estimates() {}

  /**
   * Predicted seconds on the fastest class that the task may run on: the weight of the upward rank.
   * The minimum over the classes ranks better than HEFT's mean when the classes are unlike.
   */
  static double fastest(State state, Task task) {
    return state.estimator.fastestSeconds(task.workload(), task.kind().classes());
  }
}
