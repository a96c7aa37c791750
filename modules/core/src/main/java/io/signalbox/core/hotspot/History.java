package io.signalbox.core.hotspot;

import java.util.Arrays;

/**
 * The last values of one figure of one operation, a window each, and the limit that they set:
 * median + k · deviation, where the deviation is the median absolute deviation as an estimate of
 * the standard one (Rousseeuw, Croux 1993). Half of the values may be outliers without moving it
 * much, so a hot spell needn't be kept out; one that lasts longer than half of the history is what
 * is usual from then on.
 */
final class History {
  /** Turns a median absolute deviation into a standard deviation of normal values. */
  private static final double CONSISTENCY = 1.4826;

  /** Values that hardly differ would make any change a large one. */
  private static final double LEAST_DEVIATION = 0.1;

  private double[] values;

  /**
   * @param values in the order in which they came
   */
  History(double... values) {
    this.values = values.clone();
  }

  int size() {
    return values.length;
  }

  /** Adds a value; of more than {@code most} the oldest are forgotten. */
  void add(double value, int most) {
    int from = Math.max(0, values.length + 1 - most);
    values = Arrays.copyOfRange(values, from, values.length + 1);
    values[values.length - 1] = value;
  }

  /** The values in the order in which they came. */
  double[] values() {
    return values.clone();
  }

  double limit(double deviations) {
    double[] sorted = values();
    double median = median(sorted);
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = Math.abs(sorted[i] - median);
    }
    double deviation = CONSISTENCY * median(sorted);
    return median + deviations * Math.max(deviation, LEAST_DEVIATION * median);
  }

  /** Sorts the values and takes the middle one, the lower one of two. */
  private static double median(double[] values) {
    Arrays.sort(values);
    return values[(values.length - 1) / 2];
  }
}
