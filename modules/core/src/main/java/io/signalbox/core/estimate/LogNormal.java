package io.signalbox.core.estimate;

/** The normal distribution's functions that log-normal run times need. */
final class LogNormal {
  private LogNormal() {}

  /** φ(z) / (1 − Φ(z)): how far beyond z a standard normal lies on average, once it exceeds z. */
  static double meanBeyond(double z) {
    if (z > 6) {
      // The quotient of two vanishing numbers, by its asymptotic series.
      return z + 1 / z - 2 / (z * z * z);
    }
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) / (1 - cumulative(z));
  }

  /** Φ(z), to 7e-8 (Zelen and Severo, Handbook of Mathematical Functions 26.2.17). */
  static double cumulative(double z) {
    double t = 1 / (1 + 0.2316419 * Math.abs(z));
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double upper = series * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    return z >= 0 ? 1 - upper : upper;
  }

  /** The z that a standard normal doesn't exceed with probability q, to 4.5e-4 (ibid. 26.2.23). */
  static double quantile(double q) {
    if (!(q > 0 && q < 1)) {
      throw new IllegalArgumentException("a quantile must be > 0 and < 1, is " + q);
    }
    double t = Math.sqrt(-2 * Math.log(Math.min(q, 1 - q)));
    double numerator = 2.515517 + t * (0.802853 + t * 0.010328);
    double denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    double z = t - numerator / denominator;
    return q < 0.5 ? -z : z;
  }
}
