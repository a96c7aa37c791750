package io.signalbox.core.placement;

import java.util.Map;

/**
 * What a policy does for a hot operation.
 *
 * @param operation the operation
 * @param share its share of the run time of the pool's attempts, 0 to 1
 * @param weight what is added to the priority of its tasks: the most that is allowed times (1 − its
 *     share of the time / its share of the attempts), 0 for one that takes longer than the others.
 *     Of two tasks the shorter one first makes the mean response least (Smith 1956)
 * @param keptSlots slots that are kept for hot operations on its account, by class; other
 *     operations may hold the rest of the class
 */
public record Favour(
    String operation, double share, double weight, Map<String, Integer> keptSlots) {
  public Favour {
    keptSlots = Map.copyOf(keptSlots);
  }
}
