package io.signalbox.core.bound;

import java.util.Arrays;

/**
 * What a second on a slot of each class is worth, given the demand for it: the dual of the area
 * bound, with Σ slots·price = 1. Work is best spread where each task costs least.
 */
public final class ClassPrices {
  private ClassPrices() {}

  /**
   * The prices.
   *
   * @param secondsByTaskAndClass run times; infinite where a class isn't allowed, finite on some
   *     class that has a slot
   * @param slots how many tasks each class can run at once; not all 0
   * @param steps of the search; 30 come close, more come closer
   * @return the price by class; 0 for one without slots
   */
  public static double[] of(double[][] secondsByTaskAndClass, int[] slots, int steps) {
    AreaBound bound = new AreaBound(secondsByTaskAndClass, slots);
    int[] all = new int[secondsByTaskAndClass.length];
    Arrays.setAll(all, task -> task);
    if (all.length > 0) {
      bound.improve(all, steps);
    }
    return bound.prices();
  }
}
