package io.signalbox.core.tuning;

import java.util.Map;

/**
 * When a pool is told to place a device's tasks anew.
 *
 * @param windowSeconds over which run times are averaged
 * @param leastCount attempts in it that are needed to judge by them
 * @param coolDownSeconds for how long a device isn't named for the same reason again
 * @param budgetPerMinute most orders to a pool in a minute
 * @param thresholds what holds for classes that have none of their own
 * @param classes thresholds of classes that have their own
 */
public record TuningSettings(
    double windowSeconds,
    int leastCount,
    double coolDownSeconds,
    int budgetPerMinute,
    Thresholds thresholds,
    Map<String, Thresholds> classes) {
  /** The documented defaults. */
  public static final TuningSettings DEFAULT =
      new TuningSettings(60, 5, 60, 10, Thresholds.DEFAULT, Map.of());

  public TuningSettings {
    classes = Map.copyOf(classes);
    if (!(windowSeconds > 0) || Double.isInfinite(windowSeconds)) {
      throw new IllegalArgumentException("windowSeconds must be > 0, is " + windowSeconds);
    }
    if (leastCount < 1) {
      throw new IllegalArgumentException("leastCount must be 1 or more, is " + leastCount);
    }
    if (!(coolDownSeconds >= 0)) {
      throw new IllegalArgumentException("coolDownSeconds must be >= 0, is " + coolDownSeconds);
    }
    if (budgetPerMinute < 0) {
      throw new IllegalArgumentException("budgetPerMinute must be >= 0, is " + budgetPerMinute);
    }
  }

  /** What holds for a class. */
  public Thresholds of(String deviceClass) {
    return classes.getOrDefault(deviceClass, thresholds);
  }
}
