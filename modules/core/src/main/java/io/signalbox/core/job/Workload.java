package io.signalbox.core.job;

import java.util.Map;

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
}
