package io.signalbox.bench.measure;

import org.HdrHistogram.Histogram;

/**
 * Percentiles of a latency.
 *
 * @param what is measured, in words
 * @param count samples
 * @param p50Millis median
 * @param p90Millis 90th percentile
 * @param p99Millis 99th percentile
 * @param p999Millis 99.9th percentile
 * @param maxMillis the longest
 */
public record Latency(
    String what,
    long count,
    double p50Millis,
    double p90Millis,
    double p99Millis,
    double p999Millis,
    double maxMillis) {
  /** Of a histogram in microseconds. */
  public static Latency ofMicros(String what, Histogram micros) {
    return new Latency(
        what,
        micros.getTotalCount(),
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(90) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getValueAtPercentile(99.9) / 1e3,
        micros.getMaxValue() / 1e3);
  }
}
