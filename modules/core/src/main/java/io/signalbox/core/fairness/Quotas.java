package io.signalbox.core.fairness;

import java.util.Map;

/**
 * How much a tenant may bring into a pool. A submission beyond it is refused, so that a producer
 * that is faster than the fleet fills neither memory nor queue for everybody.
 *
 * @param liveTasks tasks of a tenant's unfinished jobs; 0 for any number
 * @param tasksPerSecond tasks that a tenant may submit a second, by a token bucket; 0 for any
 *     number
 * @param burstSeconds how many seconds' worth of that may come at once
 * @param liveTasksOf tenants with another number of live tasks
 * @param tasksPerSecondOf tenants with another rate
 */
public record Quotas(
    int liveTasks,
    double tasksPerSecond,
    double burstSeconds,
    Map<String, Integer> liveTasksOf,
    Map<String, Double> tasksPerSecondOf) {
  /** No tenant is bounded. */
  public static final Quotas NONE = new Quotas(0, 0, 60, Map.of(), Map.of());

  public Quotas {
    liveTasksOf = Map.copyOf(liveTasksOf);
    tasksPerSecondOf = Map.copyOf(tasksPerSecondOf);
    if (!(burstSeconds > 0) || Double.isInfinite(burstSeconds)) {
      throw new IllegalArgumentException(
          "quotas.burstSeconds must be > 0 and finite, is " + burstSeconds);
    }
    notNegative("quotas.each", liveTasks);
    notNegative("quotas.each", tasksPerSecond);
    liveTasksOf.forEach((tenant, tasks) -> notNegative("quotas.liveTasks." + tenant, tasks));
    tasksPerSecondOf.forEach(
        (tenant, rate) -> notNegative("quotas.tasksPerSecond." + tenant, rate));
  }

  /** Tasks that a tenant's unfinished jobs may have; 0 for any number. */
  public int liveTasksOf(String tenant) {
    return liveTasksOf.getOrDefault(tenant, liveTasks);
  }

  /** Tasks a second that a tenant may submit; 0 for any number. */
  public double tasksPerSecondOf(String tenant) {
    return tasksPerSecondOf.getOrDefault(tenant, tasksPerSecond);
  }

  /** Tasks that a tenant may submit at once, at least one. */
  public double burstOf(String tenant) {
    return Math.max(1, tasksPerSecondOf(tenant) * burstSeconds);
  }

  private static void notNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be >= 0 and finite, is " + value);
    }
  }
}
