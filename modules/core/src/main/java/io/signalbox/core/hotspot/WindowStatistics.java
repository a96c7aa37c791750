package io.signalbox.core.hotspot;

/**
 * What an operation did on a device class in one window.
 *
 * @param count attempts that ended in it
 * @param perSecond count / length of the window
 * @param meanSeconds mean run time; 0 without attempts
 * @param p50Seconds median run time
 * @param p95Seconds 95th percentile
 * @param p99Seconds 99th percentile
 * @param share of the run time of all attempts of the pool, 0 to 1
 * @param countShare of the number of all attempts of the pool, 0 to 1
 */
public record WindowStatistics(
    long count,
    double perSecond,
    double meanSeconds,
    double p50Seconds,
    double p95Seconds,
    double p99Seconds,
    double share,
    double countShare) {}
