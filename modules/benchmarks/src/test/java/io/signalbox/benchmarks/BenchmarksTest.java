package io.signalbox.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs, at a size at which it says nothing about speed. */
class BenchmarksTest {
  @Test
  void everyBenchmarkRuns() throws RunnerException {
    Options tiny =
        new OptionsBuilder()
            .include(".*")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .param("devices", "30")
            .param("readyTasks", "2000")
            .param("nodes", "20000")
            .param("workflows", "1")
            .param("jobTasks", "2000")
            .param("liveTasks", "200")
            .param("operations", "3")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    Set<String> ran =
        new Runner(tiny)
            .run().stream()
                .map(RunResult::getParams)
                .map(parameters -> parameters.getBenchmark())
                .collect(Collectors.toSet());
    assertEquals(all(), ran);
  }

  private static Set<String> all() {
    return BenchmarkList.defaultList()
        .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
        .stream()
        .map(BenchmarkListEntry::getUsername)
        .collect(Collectors.toSet());
  }

  @Test
  void aWaitingTaskTakesNoMoreHeapThanAllowed() {
    double bytes = WaitingTaskHeap.bytesPerTask(100_000);
    assertTrue(bytes > 0 && bytes <= 400, () -> "a waiting task takes up " + bytes + " bytes");
  }
}
