package io.signalbox.core.admission;

import io.signalbox.core.job.Task;

/** In what order ready tasks are taken. */
@FunctionalInterface
public interface Urgency {
  /** The larger, the sooner; for a task that need not be ready, at a time since the epoch. */
  double of(Task task, double now);
}
