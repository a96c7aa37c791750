package io.signalbox.core.estimate;

/**
 * A log-normal blended from several, each weighed by how sure it is: by 1 / variance², so that a
 * clearly better one decides alone. Reused for every question, since a decision asks for each
 * class.
 */
final class Prediction {
  private double weights;
  private double logMeans;
  private double learnedVariances;
  private double variances;

  void clear() {
    weights = 0;
    logMeans = 0;
    learnedVariances = 0;
    variances = 0;
  }

  boolean isEmpty() {
    return weights == 0;
  }

  /**
   * Adds one.
   *
   * @param logMean mean of ln(seconds)
   * @param learnedVariance variance that was seen, 0 when none was
   * @param variance variance of the next sample, what isn't known of it included
   */
  void add(double logMean, double learnedVariance, double variance) {
    add(logMean, learnedVariance, variance, weightOf(variance));
  }

  /** What a variance weighs. */
  static double weightOf(double variance) {
    return 1 / (variance * variance);
  }

  /** Adds one whose weight is known. */
  void add(double logMean, double learnedVariance, double variance, double weight) {
    weights += weight;
    logMeans += weight * logMean;
    learnedVariances += weight * learnedVariance;
    variances += weight * variance;
  }

  /** ln of the expected run time. */
  double logMeanSeconds() {
    return (logMeans + learnedVariances / 2) / weights;
  }

  double quantileSeconds(double q) {
    return Math.exp(logMeans / weights + LogNormal.quantile(q) * Math.sqrt(variances / weights));
  }

  double logMean() {
    return logMeans / weights;
  }

  double variance() {
    return variances / weights;
  }
}
