package io.signalbox.core.estimate;

/**
 * What a pool has learned of an operation on a class in one of its zones, as pools tell each other.
 *
 * @param pool the pool
 * @param zone the zone; empty in a pool whose devices name none
 * @param runTime what it has learned
 */
public record SharedModel(String pool, String zone, RunTime runTime) {
  public SharedModel {
    finite("logSecondsMean", runTime.logSecondsMean());
    finite("logWorkMean", runTime.logWorkMean());
    finite("logWorkCovariance", runTime.logWorkCovariance());
    finite("givenBias", runTime.givenBias());
    variance("logVariance", runTime.logVariance());
    variance("logWorkVariance", runTime.logWorkVariance());
    variance("givenVariance", runTime.givenVariance());
    if (runTime.samples() < 1) {
      throw new IllegalArgumentException("samples must be 1 or more, are " + runTime.samples());
    }
    if (runTime.givenSamples() < 0) {
      throw new IllegalArgumentException(
          "givenSamples must be 0 or more, are " + runTime.givenSamples());
    }
  }

  private static void finite(String name, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be finite, is " + value);
    }
  }

  private static void variance(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be >= 0 and finite, is " + value);
    }
  }
}
