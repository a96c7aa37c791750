package io.signalbox.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.cli.output.Cell;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.output.Table;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.settings.DisturbanceOptions;
import io.signalbox.cli.settings.Home;
import io.signalbox.core.device.DeviceClass;
import io.signalbox.engine.settings.DeviceClasses;
import io.signalbox.simulator.policy.Policies;
import io.signalbox.simulator.report.Reports;
import io.signalbox.simulator.report.ScheduleReport;
import io.signalbox.simulator.report.SimulationReport;
import io.signalbox.simulator.run.RunResult;
import io.signalbox.simulator.run.Simulation;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.InvalidFileException;
import io.signalbox.simulator.workload.Speeds;
import io.signalbox.simulator.workload.Workload;
import io.signalbox.simulator.workload.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs workloads in virtual time. */
@Command(
    name = "simulate",
    description =
        "Runs workloads on a fleet in virtual time, with the scheduler that the engine runs, and"
            + " compares policies by makespan over a lower bound that no schedule can beat.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox simulate config/jobs/multimodal-qa.yaml --policy heft,late,fifo",
      "  signalbox simulate a.json b.json --fleet fleet.json --speeds speeds.json \\",
      "      --policy late,fifo --noise 0.3 --stragglers 0.02:5 --seed 7 --format json",
      "",
      "The bound holds for exact times; stragglers and noise are no part of it.",
      "",
      "Exit code 2 for a bad file, policy or option, 1 when the schedule can't be written."
    })
public final class SimulateCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;
  @Mixin private final DisturbanceOptions disturbances = new DisturbanceOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "WORKFLOW",
      description = "Files of jobs, each simulated by itself: the project's format or WfFormat.")
  private List<Path> workflows = List.of();

  @Option(
      names = "--fleet",
      paramLabel = "FILE",
      description = "The devices and the network. Default: config/fleets/default.yaml.")
  private @Nullable Path fleetFile;

  @Option(
      names = "--speeds",
      paramLabel = "FILE",
      description =
          "Speed of each operation on each device class. Default: config/speeds/default.yaml.")
  private @Nullable Path speedsFile;

  @Option(
      names = "--device-classes",
      paramLabel = "FILE",
      description = "The device classes. Default: config/device-classes.yaml.")
  private @Nullable Path classesFile;

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "heft,late,fifo",
      description =
          "What places tasks, one or several: heft, cpop, peft, earliest-finish, late, dmdas,"
              + " heteroprio, min-min, fifo, random. Default: heft,late,fifo.")
  private List<String> policies = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of all that is random; equal seeds give equal runs. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--learn",
      description = "Don't tell the scheduler how long tasks take; it learns while they run.")
  private boolean learn;

  @Option(
      names = "--schedule-out",
      paramLabel = "FILE",
      description = "Write where and when each task ran, as JSON.")
  private @Nullable Path scheduleOut;

  /** A command that writes to the console. */
  public SimulateCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() throws InvalidFileException {
    Output output = common.begin();
    checkPolicies();
    Disturbance disturbance = disturbances.disturbance();
    List<SimulationReport> reports = new ArrayList<>();
    List<ScheduleReport> schedules = new ArrayList<>();
    for (Scenario scenario : scenarios()) {
      for (String policy : policies) {
        RunResult run = Simulation.run(scenario, disturbance, policy, seed);
        reports.add(Reports.of(scenario, run));
        if (scheduleOut != null) {
          schedules.add(ScheduleReport.of(scenario, run));
        }
      }
    }
    if (scheduleOut != null) {
      write(scheduleOut, schedules);
    }
    if (output.isJson()) {
      output.json(reports);
    } else {
      output.table(table(reports), "");
      output.line("");
      output.line("geometric mean of the ratios: " + means(reports));
    }
    return CommandFailure.OK;
  }

  private void checkPolicies() {
    for (String policy : policies) {
      if (!Policies.names().contains(policy)) {
        throw CommandFailure.usage(
            "there is no policy '%s'; there are %s"
                .formatted(policy, String.join(", ", Policies.names())));
      }
    }
  }

  private List<Scenario> scenarios() throws InvalidFileException {
    List<DeviceClass> classes = DeviceClasses.read(Home.given(classesFile, "device-classes.yaml"));
    Set<String> names = classes.stream().map(DeviceClass::name).collect(Collectors.toSet());
    Fleet fleet = Fleet.read(Home.given(fleetFile, "fleets", "default.yaml"), Optional.of(names));
    Speeds speeds = Speeds.read(Home.given(speedsFile, "speeds", "default.yaml"), fleet.classes());
    List<Scenario> scenarios = new ArrayList<>();
    for (Path file : workflows) {
      Workload workload = Workloads.read(file, Optional.of(names));
      Scenario.Knowledge knowledge = learn ? Scenario.Knowledge.LEARNED : Scenario.Knowledge.GIVEN;
      try {
        scenarios.add(new Scenario(workload, fleet, speeds, classes, knowledge));
      } catch (IllegalArgumentException e) {
        throw CommandFailure.usage(file + ": " + e.getMessage(), e);
      }
    }
    return scenarios;
  }

  private static void write(Path file, List<ScheduleReport> schedules) {
    try {
      new ObjectMapper().writeValue(file.toFile(), schedules);
    } catch (IOException e) {
      throw CommandFailure.failed(
          "the schedule can't be written to %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Table table(List<SimulationReport> reports) {
    Table table =
        Table.of(
            "workflow",
            "policy",
            "tasks",
            "makespanSeconds",
            "lowerBoundSeconds",
            "ratio",
            "meanResponseSeconds",
            "meanWaitSeconds",
            "utilisation",
            "energyMegajoules",
            "deadlineMisses",
            "microsPerDecision");
    for (SimulationReport report : reports) {
      table.row(
          report.workflow(),
          report.policy(),
          report.tasks(),
          Cell.seconds(report.makespanSeconds()),
          Cell.seconds(report.lowerBoundSeconds()),
          new Cell(report.ratio(), "%.3f".formatted(report.ratio())),
          Cell.seconds(report.meanResponseSeconds()),
          Cell.seconds(report.meanWaitSeconds()),
          utilisation(report.utilisation()),
          report.energyJoules() / 1e6,
          report.deadlineMisses(),
          report.microsPerDecision());
    }
    return table;
  }

  private static String utilisation(Map<String, Double> utilisation) {
    return utilisation.entrySet().stream()
        .map(entry -> "%s %.0f %%".formatted(entry.getKey(), entry.getValue() * 100))
        .collect(Collectors.joining(", "));
  }

  private static String means(List<SimulationReport> reports) {
    return Reports.meanRatios(reports).entrySet().stream()
        .map(entry -> "%s %.3f".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
