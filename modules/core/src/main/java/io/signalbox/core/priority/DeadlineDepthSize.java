package io.signalbox.core.priority;

import io.signalbox.core.job.Task;

/**
 * Deadline urgency, depth and model size: 100 / (hours to the deadline + 1) + depth − 0.1 · GB,
 * where the memory that a task needs stands for the size of its model. A deadline that has passed
 * counts like one that is due now; without a deadline the first term is 0.
 */
final class DeadlineDepthSize implements PriorityModel {
  static final String NAME = "deadline-depth-size";
  private static final double SECONDS_PER_HOUR = 3_600;
  private static final double BYTES_PER_GB = 1e9;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double of(Task task, double rank, PoolFacts facts, double now) {
    Double deadline = task.job().header().deadline();
    double urgency =
        deadline == null ? 0 : 100 / (Math.max(0, deadline - now) / SECONDS_PER_HOUR + 1);
    double gigabytes = task.kind().memoryBytes() / BYTES_PER_GB;
    return urgency + task.job().graph().depth(task.node()) - 0.1 * gigabytes;
  }
}
