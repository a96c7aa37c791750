package io.signalbox.core.bound;

import java.util.Arrays;

/**
 * What no schedule can beat, without transfers and with exact times.
 *
 * @param criticalPathSeconds the longest path, each task on its fastest class
 * @param areaSeconds all tasks spread over all slots as well as can be
 * @param levelSeconds the best of: a head, the area of the tasks that start after it and before a
 *     tail, and the tail
 * @param classPrices the area bound's price λ of a second on a slot of each class: what a class is
 *     worth, given the demand for it; Σ slots·λ = 1
 */
public record LowerBound(
    double criticalPathSeconds, double areaSeconds, double levelSeconds, double[] classPrices) {
  private static final double STEP_BUDGET = 2e8;

  /**
   * The bounds of a job.
   *
   * @param secondsByTaskAndClass run times; positive infinity where a class isn't allowed
   * @param slots how many tasks each class can run at once; 0 for none
   * @param parents the parents of each task, as task numbers
   * @throws IllegalArgumentException when a time is negative or NaN, a task fits no class, a shape
   *     doesn't match or the parents form a cycle; the message names the place
   */
  public static LowerBound of(double[][] secondsByTaskAndClass, int[] slots, int[][] parents) {
    BoundInput.check(secondsByTaskAndClass, slots, parents);
    int tasks = secondsByTaskAndClass.length;
    if (tasks == 0) {
      return new LowerBound(0, 0, 0, new AreaBound(secondsByTaskAndClass, slots).prices());
    }
    Levels levels = Levels.of(secondsByTaskAndClass, slots, parents);
    AreaBound area = new AreaBound(secondsByTaskAndClass, slots);
    int[] all = new int[tasks];
    Arrays.setAll(all, task -> task);
    int steps = (int) Math.clamp(STEP_BUDGET / tasks / slots.length, 50, 300);
    double areaSeconds = area.improve(all, steps);
    double levelSeconds = levels.bound(secondsByTaskAndClass, slots, area);
    return new LowerBound(
        levels.criticalPathSeconds(),
        areaSeconds,
        Math.max(areaSeconds, levelSeconds),
        area.prices());
  }

  /**
   * Bounds of a job that take no longer than so many operations, about a nanosecond each, and the
   * time to read the input; every one of them holds, but they may be lower than those of {@link
   * #of}. The level bound is the area's.
   *
   * @throws IllegalArgumentException as {@link #of} does
   */
  public static LowerBound within(
      double[][] secondsByTaskAndClass, int[] slots, int[][] parents, long operations) {
    BoundInput.check(secondsByTaskAndClass, slots, parents);
    int tasks = secondsByTaskAndClass.length;
    Levels levels = Levels.of(secondsByTaskAndClass, slots, parents);
    AreaBound area = new AreaBound(secondsByTaskAndClass, slots);
    int[] all = new int[tasks];
    Arrays.setAll(all, task -> task);
    int steps = Math.clamp(operations / Math.max(1, (long) tasks * slots.length), 1, 300);
    double areaSeconds = area.improve(all, steps);
    return new LowerBound(levels.criticalPathSeconds(), areaSeconds, areaSeconds, area.prices());
  }

  /** The largest of the bounds. */
  public double seconds() {
    return Math.max(criticalPathSeconds, Math.max(areaSeconds, levelSeconds));
  }
}
