package io.signalbox.core.admission;

/** Where run times come from. */
@FunctionalInterface
public interface Times {
  /** How careful a prediction is. */
  enum Care {
    /** What 95 % of attempts take at least: what is impossible with it is impossible. */
    LEAST(0.05),
    /** What 90 % of attempts keep to: a likely course. */
    LIKELY(0.90),
    /** What 95 % of attempts keep to: what fits with it is certain. */
    MOST(0.95);

    private final double quantile;

    Care(double quantile) {
      this.quantile = quantile;
    }

    /** The share of attempts that take no longer. */
    public double quantile() {
      return quantile;
    }
  }

  /**
   * Seconds that a task takes on a class; positive infinity where it may not run.
   *
   * @param task its number in the job's load
   * @param deviceClass the class's number in the fleet's load
   */
  double seconds(int task, int deviceClass, Care care);
}
