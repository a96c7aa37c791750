package io.signalbox.core.tuning;

/**
 * What a device of a class may do before its tasks are placed anew.
 *
 * @param failedChecks health checks that fail in a row, 1 or more
 * @param responseSeconds mean run time of the attempts that end on it in a window
 * @param responseRatio which must be that many times the median of its class, too; otherwise a
 *     class whose tasks are long would have none but slow devices
 * @param occupancy share of its slots in use, 0 to 1
 * @param sustainedSeconds for how long
 */
public record Thresholds(
    int failedChecks,
    double responseSeconds,
    double responseRatio,
    double occupancy,
    double sustainedSeconds) {
  /** The documented defaults. */
  public static final Thresholds DEFAULT = new Thresholds(3, 0.2, 2, 0.9, 30);

  public Thresholds {
    require(failedChecks >= 1, "failedChecks must be 1 or more", failedChecks);
    require(responseSeconds >= 0, "responseSeconds must be 0 or more", responseSeconds);
    require(responseRatio >= 1, "responseRatio must be 1 or more", responseRatio);
    require(occupancy >= 0 && occupancy <= 1, "occupancy must be 0 to 1", occupancy);
    require(sustainedSeconds >= 0, "sustainedSeconds must be 0 or more", sustainedSeconds);
  }

  private static void require(boolean holds, String rule, double value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", is " + value);
    }
  }
}
