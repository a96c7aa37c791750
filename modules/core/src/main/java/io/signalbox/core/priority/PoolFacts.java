package io.signalbox.core.priority;

import io.signalbox.core.job.Task;

/** What a priority may depend on beside the task itself. */
public interface PoolFacts {
  /** The largest upward rank of any live task, in seconds; greater than 0. */
  double largestRank();

  /** The most memory that any device has, in bytes; 0 when no device has told. */
  double mostMemoryBytes();

  /** Share of the devices that take work which is busy, 0 to 1. */
  double usage();

  /** How much the run time of the task scatters: standard deviation over mean. */
  double variation(Task task);

  /** How likely an attempt of the task's operation fails, 0 to 1. */
  double failureProbability(Task task);
}
