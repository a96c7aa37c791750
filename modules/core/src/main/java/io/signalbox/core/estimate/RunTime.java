package io.signalbox.core.estimate;

/**
 * What was learned of one operation's run time on one device class: a log-normal in online form, as
 * sufficient statistics with exponential forgetting. The exponent β with which run time grows with
 * the amount of work follows from the statistics of all classes of the operation.
 *
 * @param operation the operation
 * @param version its version
 * @param deviceClass the class
 * @param samples attempts it was learned from
 * @param logSecondsMean mean of ln(seconds)
 * @param logWorkMean mean of ln(amount of work)
 * @param logVariance variance of ln(seconds) around its prediction from the amount of work
 * @param logWorkVariance variance of ln(amount of work)
 * @param logWorkCovariance covariance of ln(amount of work) and ln(seconds)
 * @param givenSamples attempts whose task came with an estimate for this class
 * @param givenBias mean of ln(seconds / the task's own estimate)
 * @param givenVariance variance of the same
 */
public record RunTime(
    String operation,
    String version,
    String deviceClass,
    long samples,
    double logSecondsMean,
    double logWorkMean,
    double logVariance,
    double logWorkVariance,
    double logWorkCovariance,
    long givenSamples,
    double givenBias,
    double givenVariance) {}
