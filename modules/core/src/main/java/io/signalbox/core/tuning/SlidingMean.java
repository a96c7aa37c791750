package io.signalbox.core.tuning;

import java.util.Arrays;

/** The mean of what came in the last while, forgotten by sixths of the window. */
final class SlidingMean {
  private static final int PARTS = 6;

  private final double partSeconds;
  private final double[] sums = new double[PARTS];
  private final long[] counts = new long[PARTS];
  private long part = Long.MIN_VALUE;

  SlidingMean(double windowSeconds) {
    partSeconds = windowSeconds / PARTS;
  }

  void add(double value, double now) {
    move(now);
    int at = (int) Math.floorMod(part, (long) PARTS);
    sums[at] += value;
    counts[at]++;
  }

  long count(double now) {
    move(now);
    return Arrays.stream(counts).sum();
  }

  /** The mean; 0 when there is nothing. */
  double mean(double now) {
    long count = count(now);
    return count == 0 ? 0 : Arrays.stream(sums).sum() / count;
  }

  /** Forgets the parts that are no longer in the window. */
  private void move(double now) {
    long current = (long) Math.floor(now / partSeconds);
    long passed = part == Long.MIN_VALUE ? PARTS : Math.min(PARTS, current - part);
    for (long i = 0; i < passed; i++) {
      int at = (int) Math.floorMod(current - i, (long) PARTS);
      sums[at] = 0;
      counts[at] = 0;
    }
    part = Math.max(part, current);
  }
}
