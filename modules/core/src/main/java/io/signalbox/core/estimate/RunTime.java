package io.signalbox.core.estimate;

/**
 * What was learned of one operation's run time on one device class: a log-normal in online form.
 * Seconds for an amount of work w are predicted as {@code w^workExponent · exp(logMean +
 * logVariance / 2)}.
 *
 * @param operation the operation
 * @param version its version
 * @param deviceClass the class
 * @param logMean mean of ln(seconds / work^workExponent)
 * @param logVariance variance of the same
 * @param workExponent how run time grows with work
 * @param samples attempts it was learned from
 */
public record RunTime(
    String operation,
    String version,
    String deviceClass,
    double logMean,
    double logVariance,
    double workExponent,
    long samples) {}
