package io.signalbox.core.estimate;

/**
 * What is known of one operation on one class: two log-normals, one of the run time given the
 * amount of work, one of the run time against the task's own estimate. Means and variances forget
 * exponentially, with η = max(0.05, 1 / (n + 1)).
 */
final class ClassModel {
  /** Variance of ln(seconds) that is expected before anything is known. */
  static final double PRIOR_VARIANCE = 0.09;

  /** How many samples the expectations weigh that are held before anything is known. */
  static final double PRIOR_SAMPLES = 3;

  private static final double LEAST_RATE = 0.05;
  private static final long LEAST_UNTOLD = 3;
  private static final long MOST_UNTOLD = 1_000;

  long samples;
  double logSeconds;
  double logWork;
  double variance;
  double logWorkVariance;
  double covariance;
  long givenSamples;
  double givenBias;
  double givenVariance;
  boolean isChanged;

  /** Samples when others were told of it last, or told it. */
  long toldSamples;

  // What follows from the variances, worked out once per sample and not at every prediction: the
  // variance of the next sample, what isn't known of it included, and its weight in a prediction.
  double uncertainVariance;
  double weight;
  double uncertainGivenVariance;
  double givenWeight;

  /** Mean of ln(seconds) for an amount of work. */
  double logSecondsOf(double logAmount, double exponent) {
    return logSeconds + exponent * (logAmount - logWork);
  }

  /** How much ln(seconds) is expected to differ from the logarithm of the task's estimate. */
  double expectedGivenBias() {
    return givenBias * givenSamples / (givenSamples + PRIOR_SAMPLES);
  }

  private static double uncertain(double variance, long samples) {
    double known = samples * variance + PRIOR_SAMPLES * PRIOR_VARIANCE;
    return known / (samples + PRIOR_SAMPLES) * (1 + 1.0 / Math.max(1, samples));
  }

  void observe(double logAmount, double logTime, double exponent) {
    double rate = rate(samples);
    double error = logTime - logSecondsOf(logAmount, exponent);
    variance = samples == 0 ? 0 : (1 - rate) * (variance + rate * error * error);
    learnMeans(logAmount, logTime, rate);
  }

  /**
   * Learns that a run took longer than so much, by what it then takes on average: the step of
   * expectation maximisation for a censored sample.
   */
  void observeLonger(double logAmount, double logBound, double exponent) {
    double deviation = Math.sqrt(uncertainVariance);
    double mean = logSecondsOf(logAmount, exponent);
    double z = (logBound - mean) / deviation;
    double beyond = LogNormal.meanBeyond(z);
    double rate = rate(samples);
    // E[(y - mean)^2 | y > bound] is (1 + z * beyond) of the variance.
    double squares = variance * (1 + z * beyond);
    variance += rate * (squares - variance);
    learnMeans(logAmount, mean + deviation * beyond, rate);
  }

  private void learnMeans(double logAmount, double logTime, double rate) {
    if (samples == 0) {
      logWork = logAmount;
      logSeconds = logTime;
    } else {
      double workError = logAmount - logWork;
      double timeError = logTime - logSeconds;
      logWork += rate * workError;
      logSeconds += rate * timeError;
      logWorkVariance = (1 - rate) * (logWorkVariance + rate * workError * workError);
      covariance = (1 - rate) * (covariance + rate * workError * timeError);
    }
    samples++;
    weigh();
  }

  private void weigh() {
    uncertainVariance = uncertain(variance, samples);
    weight = Prediction.weightOf(uncertainVariance);
  }

  private void weighGiven() {
    uncertainGivenVariance = uncertain(givenVariance, givenSamples);
    givenWeight = Prediction.weightOf(uncertainGivenVariance);
  }

  void observeGiven(double error) {
    double rate = rate(givenSamples);
    double surprise = error - givenBias;
    givenVariance =
        givenSamples == 0 ? 0 : (1 - rate) * (givenVariance + rate * surprise * surprise);
    givenBias = givenSamples == 0 ? error : givenBias + rate * surprise;
    givenSamples++;
    weighGiven();
  }

  /** True when there is notably more of it than others were told. */
  boolean isNews() {
    return samples >= toldSamples + Math.clamp(toldSamples / 4, LEAST_UNTOLD, MOST_UNTOLD);
  }

  private static double rate(long samples) {
    return Math.max(LEAST_RATE, 1.0 / (samples + 1));
  }

  RunTime toRunTime(OperationKey key, String deviceClass) {
    return new RunTime(
        key.operation(),
        key.version(),
        deviceClass,
        samples,
        logSeconds,
        logWork,
        variance,
        logWorkVariance,
        covariance,
        givenSamples,
        givenBias,
        givenVariance);
  }

  static ClassModel of(RunTime runTime) {
    ClassModel model = new ClassModel();
    model.samples = runTime.samples();
    model.logSeconds = runTime.logSecondsMean();
    model.logWork = runTime.logWorkMean();
    model.variance = runTime.logVariance();
    model.logWorkVariance = runTime.logWorkVariance();
    model.covariance = runTime.logWorkCovariance();
    model.givenSamples = runTime.givenSamples();
    model.givenBias = runTime.givenBias();
    model.givenVariance = runTime.givenVariance();
    model.toldSamples = runTime.samples();
    model.weigh();
    model.weighGiven();
    return model;
  }
}
