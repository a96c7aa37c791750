package io.signalbox.bench.recovery;

import io.signalbox.bench.measure.Machine;

/**
 * What a recovery benchmark found.
 *
 * @param bench name of the benchmark
 * @param liveTasks unfinished tasks when the engine was killed
 * @param guarantee of the engine
 * @param secondsToSchedule from the kill until an assignment of the next engine was read
 * @param secondsToStart of these, until the next engine's JVM said that it runs
 * @param machine where it ran
 */
public record RecoveryReport(
    String bench,
    long liveTasks,
    String guarantee,
    double secondsToSchedule,
    double secondsToStart,
    Machine machine) {}
