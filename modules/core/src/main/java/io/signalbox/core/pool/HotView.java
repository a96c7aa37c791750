package io.signalbox.core.pool;

import io.signalbox.core.placement.Favour;
import java.util.Map;

/**
 * What a pool does for a hot operation, for listings.
 *
 * @param operation the operation
 * @param weight what is added to the priority of its tasks
 * @param keptSlots slots that are kept for hot operations on its account, by class
 * @param splitFiner its tasks are marked to be split finer than others
 */
public record HotView(
    String operation, double weight, Map<String, Integer> keptSlots, boolean splitFiner) {
  public HotView {
    keptSlots = Map.copyOf(keptSlots);
  }

  static HotView of(Favour favour, boolean splitFiner) {
    return new HotView(favour.operation(), favour.weight(), favour.keptSlots(), splitFiner);
  }

  /** Of an operation that the policy doesn't lean towards. */
  static HotView untilted(String operation, boolean splitFiner) {
    return new HotView(operation, 0, Map.of(), splitFiner);
  }
}
