package io.signalbox.cli.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.simulator.report.ScheduleReport;
import io.signalbox.simulator.run.RunResult;
import io.signalbox.simulator.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that name the files in which the schedules of simulated runs are kept. */
public final class ResultFiles {
  @Option(
      names = "--schedule-out",
      paramLabel = "FILE",
      description = "Write where and when each task ran, as JSON.")
  private @Nullable Path scheduleFile;

  private final List<ScheduleReport> schedules = new ArrayList<>();

  /** Takes a run in. */
  public void add(Scenario scenario, RunResult run) {
    if (scheduleFile != null) {
      schedules.add(ScheduleReport.of(scenario, run));
    }
  }

  /** Writes what isn't written yet. */
  public void write() {
    Path file = scheduleFile;
    if (file == null) {
      return;
    }
    try {
      new ObjectMapper().writeValue(file.toFile(), schedules);
    } catch (IOException e) {
      throw CommandFailure.failed(
          "the schedule can't be written to %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
