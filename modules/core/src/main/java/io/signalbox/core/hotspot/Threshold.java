package io.signalbox.core.hotspot;

/**
 * What a figure of an operation must pass to make it hot; either of two limits that is set.
 *
 * @param absolute the same for all operations, in the figure's unit; 0: not used
 * @param deviations how many deviations above the operation's own median it may go before; 0: not
 *     used
 */
public record Threshold(double absolute, double deviations) {
  public Threshold {
    if (!(absolute >= 0) || Double.isInfinite(absolute)) {
      throw new IllegalArgumentException("an absolute threshold must be >= 0, is " + absolute);
    }
    if (!(deviations >= 0) || Double.isInfinite(deviations)) {
      throw new IllegalArgumentException("deviations must be >= 0, are " + deviations);
    }
  }

  /**
   * The lower one of the limits that apply to an operation with this past; infinity when none does.
   *
   * @param leastHistory windows of the past that are needed to judge by it
   */
  double limit(History history, int leastHistory) {
    double limit = absolute > 0 ? absolute : Double.POSITIVE_INFINITY;
    return deviations > 0 && history.size() >= leastHistory
        ? Math.min(limit, history.limit(deviations))
        : limit;
  }
}
