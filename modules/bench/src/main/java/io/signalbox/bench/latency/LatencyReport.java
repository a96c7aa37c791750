package io.signalbox.bench.latency;

import io.signalbox.bench.measure.Latency;
import io.signalbox.bench.measure.Machine;
import java.util.List;

/**
 * What a latency benchmark found.
 *
 * @param bench name of the benchmark
 * @param shape {@code pairs} or {@code chain}
 * @param tasksPerSecond that were submitted
 * @param seconds that were measured
 * @param guarantee of the engine
 * @param latencies what was asked for: of pairs one, of chains one with and one without links
 * @param stages where the time of pairs goes, looked at after what was asked for
 * @param machine where it ran
 */
public record LatencyReport(
    String bench,
    String shape,
    int tasksPerSecond,
    int seconds,
    String guarantee,
    List<Latency> latencies,
    List<Latency> stages,
    Machine machine) {}
