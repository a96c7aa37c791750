package io.signalbox.core.priority;

import io.signalbox.core.job.Task;

/** How urgent a ready task is. Without state of its own; the larger the number, the sooner. */
public interface PriorityModel {
  /** Its name in settings. */
  String name();

  /**
   * A task's priority when it has just become ready.
   *
   * @param task the task
   * @param rank seconds from its start to the end of its job along the longest path
   * @param facts what is known of the pool
   * @param now seconds since the epoch
   * @return a finite number
   */
  double of(Task task, double rank, PoolFacts facts, double now);

  /**
   * How much more urgent a task gets with each second that it waits, without end: so the order of
   * two tasks never changes by their waiting alone, and a queue needs no sorting anew.
   */
  default double perSecondOfWait() {
    return 0;
  }
}
