package io.signalbox.core.hotspot;

/**
 * What makes an operation hot.
 *
 * @param windowSeconds length of a window, a multiple of {@code advanceSeconds}
 * @param advanceSeconds how far the next window is from the last one
 * @param graceSeconds how long after a window's end attempts that ended in it are still counted
 * @param mostOperations operations of a pool that are counted each on its own, 1 or more; the rest
 *     is pooled as {@link #OTHER}
 * @param historyWindows windows of its own past that an operation is judged by, 1 or more
 * @param leastHistory how many of them are needed to judge by them
 * @param leastCount attempts in a window that are needed to become hot
 * @param frequency threshold of attempts a second
 * @param latency threshold of the mean run time in seconds
 * @param calmRatio a hot operation is calm in windows in which it stays below this share of its
 *     thresholds, greater than 0, at most 1
 * @param calmWindows calm windows in a row after which it is hot no more, 1 or more
 */
public record HotspotSettings(
    double windowSeconds,
    double advanceSeconds,
    double graceSeconds,
    int mostOperations,
    int historyWindows,
    int leastHistory,
    int leastCount,
    Threshold frequency,
    Threshold latency,
    double calmRatio,
    int calmWindows) {
  /** Name under which operations are pooled that are one too many. */
  public static final String OTHER = "other";

  /** The documented defaults. */
  public static final HotspotSettings DEFAULT =
      new HotspotSettings(
          60, 10, 5, 1_000, 90, 12, 20, new Threshold(0, 6), new Threshold(0, 6), 0.8, 3);

  private static final double ROUNDING = 1e-9;

  public HotspotSettings {
    require(advanceSeconds >= 0.001, "advanceSeconds must be 0.001 or more", advanceSeconds);
    double panes = windowSeconds / advanceSeconds;
    require(
        panes >= 1 && panes <= 1_000 && Math.abs(panes - Math.rint(panes)) < ROUNDING * panes,
        "windowSeconds must be 1 to 1000 times advanceSeconds, a whole number of times",
        windowSeconds);
    require(graceSeconds >= 0, "graceSeconds must be 0 or more", graceSeconds);
    require(mostOperations >= 1, "mostOperations must be 1 or more", mostOperations);
    require(historyWindows >= 1, "historyWindows must be 1 or more", historyWindows);
    require(
        leastHistory >= 1 && leastHistory <= historyWindows,
        "leastHistory must be 1 to historyWindows",
        leastHistory);
    require(leastCount >= 1, "leastCount must be 1 or more", leastCount);
    require(calmRatio > 0 && calmRatio <= 1, "calmRatio must be > 0 and <= 1", calmRatio);
    require(calmWindows >= 1, "calmWindows must be 1 or more", calmWindows);
  }

  private static void require(boolean holds, String rule, double value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", is " + value);
    }
  }

  /** The same with another threshold of attempts a second. */
  public HotspotSettings withFrequency(Threshold other) {
    return new HotspotSettings(
        windowSeconds,
        advanceSeconds,
        graceSeconds,
        mostOperations,
        historyWindows,
        leastHistory,
        leastCount,
        other,
        latency,
        calmRatio,
        calmWindows);
  }

  /** Seconds after which nothing is known any more of an operation that doesn't come. */
  public double retentionSeconds() {
    return windowSeconds + historyWindows * advanceSeconds;
  }
}
