package io.signalbox.bench.throughput;

import io.signalbox.bench.measure.Machine;
import io.signalbox.bench.measure.Medians;
import java.util.List;

/**
 * What a throughput benchmark found; each figure is the median of its rounds.
 *
 * @param bench name of the benchmark
 * @param shape of the jobs
 * @param tasks of a round
 * @param jobs of a round
 * @param devices of the fleet
 * @param slots of each device
 * @param guarantee of the engine and of the pass-through
 * @param rounds that were measured
 * @param tasksPerSecond from the first submission until the last success was read
 * @param recordsPerTask that the engine read and wrote, changelog included
 * @param passthroughRecordsPerSecond that a bare topology moved
 * @param ratioToPassthrough the engine's records a second over the bare topology's
 * @param p50Millis from a job's submission until a task's success was read
 * @param p99Millis the same, 99th percentile
 * @param engineCpuSecondsPerTask processor time of the engine's threads
 * @param processCpuSecondsPerTask processor time of the process: engine, broker, workers, client
 * @param changelogRecordsPerTask rows written to the changelog
 * @param changelogBytesPerTask their bytes
 * @param heapBytesPerLiveTask heap that each waiting task takes in the engine
 * @param tasksPerSecondOfRounds each round
 * @param passthroughRecordsPerSecondOfRounds each round
 * @param machine where it ran
 */
public record ThroughputReport(
    String bench,
    String shape,
    long tasks,
    int jobs,
    int devices,
    int slots,
    String guarantee,
    int rounds,
    double tasksPerSecond,
    double recordsPerTask,
    double passthroughRecordsPerSecond,
    double ratioToPassthrough,
    double p50Millis,
    double p99Millis,
    double engineCpuSecondsPerTask,
    double processCpuSecondsPerTask,
    double changelogRecordsPerTask,
    double changelogBytesPerTask,
    double heapBytesPerLiveTask,
    List<Double> tasksPerSecondOfRounds,
    List<Double> passthroughRecordsPerSecondOfRounds,
    Machine machine) {
  static ThroughputReport of(
      ThroughputSettings settings,
      String guarantee,
      List<Round> rounds,
      List<Double> passthrough,
      double heapBytesPerLiveTask) {
    double recordsPerTask = Medians.of(rounds, round -> round.movedPerTask().records());
    double tasksPerSecond = Medians.of(rounds, Round::tasksPerSecond);
    double bare = Medians.of(passthrough, Double::doubleValue);
    return new ThroughputReport(
        "throughput",
        settings.shape().name(),
        rounds.getFirst().tasks(),
        settings.jobs(),
        settings.fleet().devices(),
        settings.fleet().slots(),
        guarantee,
        rounds.size(),
        tasksPerSecond,
        recordsPerTask,
        bare,
        tasksPerSecond * recordsPerTask / bare,
        Medians.of(rounds, Round::p50Millis),
        Medians.of(rounds, Round::p99Millis),
        Medians.of(rounds, round -> round.engineCpuSeconds() / round.tasks()),
        Medians.of(rounds, round -> round.processCpuSeconds() / round.tasks()),
        Medians.of(rounds, round -> round.movedPerTask().recordsKept()),
        Medians.of(rounds, round -> round.movedPerTask().bytesKept()),
        heapBytesPerLiveTask,
        rounds.stream().map(Round::tasksPerSecond).toList(),
        passthrough,
        Machine.here());
  }
}
