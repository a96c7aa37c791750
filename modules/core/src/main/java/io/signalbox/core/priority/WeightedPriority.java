package io.signalbox.core.priority;

import io.signalbox.core.job.Task;

/**
 * The dynamic model 0.4 · dependents / 10 + 0.3 · (1 − usage) + 0.3 · failure probability · impact,
 * with at most ten dependents counted and the impact of a failure being the share of the job's
 * remaining longest path that begins with the task.
 */
final class WeightedPriority implements PriorityModel {
  static final String NAME = "weighted";
  private static final int MOST_DEPENDENTS = 10;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double of(Task task, double rank, PoolFacts facts, double now) {
    int dependents = Math.min(MOST_DEPENDENTS, task.job().graph().childCount(task.node()));
    double remaining = task.job().graph().remainingSeconds();
    double impact = remaining > 0 ? Math.min(1, rank / remaining) : 0;
    return 0.4 * dependents / MOST_DEPENDENTS
        + 0.3 * (1 - facts.usage())
        + 0.3 * facts.failureProbability(task) * impact;
  }
}
