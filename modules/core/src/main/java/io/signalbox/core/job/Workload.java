package io.signalbox.core.job;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run time is predicted from: a task, or the like of one. */
public interface Workload {
  /** The kind of the task. */
  String operation();

  /** Its version, may be empty. */
  String version();

  /** Amount of work in the operation's own unit, greater than 0. */
  double amount();

  /** What the task's producer expects, in seconds by device class; may be empty. */
  Map<String, Double> givenSecondsByClass();

  /** What was kept by {@link #foresee}; null when nothing was, or nothing can be. */
  default @Nullable Foreseen foreseen() {
    return null;
  }

  /** Keeps what a prediction needs, if there is a place for it; there is one predictor a pool. */
  default void foresee(Foreseen foreseen) {}
}
