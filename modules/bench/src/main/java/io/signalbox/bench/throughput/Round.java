package io.signalbox.bench.throughput;

import io.signalbox.bench.measure.StreamsTraffic;

/**
 * One round of a throughput benchmark.
 *
 * @param seconds from the first submission until the last success was read
 * @param tasks that were run
 * @param p50Millis from submission until success was read
 * @param p99Millis the same, 99th percentile
 * @param engineCpuSeconds processor time of the engine's threads
 * @param processCpuSeconds processor time of the whole process, broker, workers and client included
 * @param moved what the engine's Kafka clients moved
 */
record Round(
    double seconds,
    long tasks,
    double p50Millis,
    double p99Millis,
    double engineCpuSeconds,
    double processCpuSeconds,
    StreamsTraffic moved) {
  double tasksPerSecond() {
    return tasks / seconds;
  }

  StreamsTraffic movedPerTask() {
    return moved.per(tasks);
  }
}
