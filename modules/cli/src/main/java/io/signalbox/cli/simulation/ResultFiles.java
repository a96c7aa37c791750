package io.signalbox.cli.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.simulator.gantt.GanttChart;
import io.signalbox.simulator.report.ScheduleReport;
import io.signalbox.simulator.run.RunResult;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
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

  @Option(
      names = "--gantt",
      paramLabel = "FILE.svg",
      description =
          "Draw where and when each task ran. Of several runs each has a file of its own, with"
              + " -WORKFLOW-POLICY-SEED before the extension.")
  private @Nullable Path ganttFile;

  private final List<ScheduleReport> schedules = new ArrayList<>();

  /**
   * Takes a run in.
   *
   * @param only whether it is the only one
   */
  public void add(Scenario scenario, Disturbance disturbance, RunResult run, boolean only) {
    if (scheduleFile != null) {
      schedules.add(ScheduleReport.of(scenario, run));
    }
    Path gantt = ganttFile;
    if (gantt != null) {
      Path file = only ? gantt : numbered(gantt, scenario.workload().name(), run);
      try {
        Files.writeString(file, GanttChart.svg(scenario, disturbance, run));
      } catch (IOException e) {
        throw unwritable("chart", file, e);
      }
    }
  }

  private static Path numbered(Path file, String workflow, RunResult run) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    String which = "-%s-%s-%d".formatted(workflow, run.policy(), run.seed());
    String safe = which.replaceAll("[^A-Za-z0-9._+-]", "_");
    // File systems bear names of 255 bytes.
    String cut =
        safe.length() <= 180 ? safe : safe.substring(0, 90) + safe.substring(safe.length() - 90);
    return file.resolveSibling(name.substring(0, end) + cut + name.substring(end));
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
      throw unwritable("schedule", file, e);
    }
  }

  private static CommandFailure unwritable(String what, Path file, IOException e) {
    return CommandFailure.failed(
        "the %s can't be written to %s: %s".formatted(what, file, e.getMessage()), e);
  }
}
