package io.signalbox.cli.command;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.output.ProgressBar;
import io.signalbox.cli.settings.AdaptationOptions;
import io.signalbox.cli.settings.ArrivalOptions;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.settings.DeviceClassOptions;
import io.signalbox.cli.settings.DisturbanceOptions;
import io.signalbox.cli.settings.FleetOptions;
import io.signalbox.cli.settings.PlacementChanges;
import io.signalbox.cli.settings.SeedOptions;
import io.signalbox.cli.settings.SpeculationOptions;
import io.signalbox.cli.settings.SpeedsOptions;
import io.signalbox.cli.simulation.ExplainedTask;
import io.signalbox.cli.simulation.Laboratory;
import io.signalbox.cli.simulation.ResultFiles;
import io.signalbox.cli.simulation.SimulationTable;
import io.signalbox.core.device.DeviceClass;
import io.signalbox.engine.settings.DeviceClasses;
import io.signalbox.simulator.policy.Policies;
import io.signalbox.simulator.report.Reports;
import io.signalbox.simulator.report.SimulationReport;
import io.signalbox.simulator.run.Rules;
import io.signalbox.simulator.run.RunResult;
import io.signalbox.simulator.run.Simulation;
import io.signalbox.simulator.run.StuckException;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.InvalidFileException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
      "  signalbox simulate config/jobs/multimodal-qa.yaml --policy plb,heft,fifo",
      "  signalbox simulate a.json b.json --fleet fleet.json --speeds speeds.json \\",
      "      --policy late,fifo --noise 0.3 --stragglers 0.02:5 --seed 7,8,9 --format json",
      "  signalbox simulate generated:layered:500:1 --lose nvidia-a100-0@10:60 --gantt run.svg",
      "  signalbox simulate config/jobs/multimodal-qa.yaml --arrivals poisson:2 --jobs 500",
      "  signalbox simulate generated:layered:500:1 --policy late --explain t17",
      "  signalbox simulate generated:layered:500:1 --policy plb --set stealRatio=0.3",
      "",
      "The bound holds for exact times; stragglers, noise and losses are no part of it. Where jobs",
      "arrive over time it is the most of: the bound of all jobs as if they were there from the",
      "start; each job's arrival plus its own bound; an arrival plus the bound of all from then on.",
      "",
      "With --format json a list stands on standard output, one object per workflow, policy and",
      "seed: workflow, policy, seed, tasks, makespanSeconds, lowerBoundSeconds, ratio,",
      "meanResponseSeconds and meanWaitSeconds (of tasks), utilisation {class: share}, energyJoules,",
      "deadlineMisses (jobs), rejected (jobs), attempts, copies, decisions, microsPerDecision.",
      "",
      "Exit code 2 for a bad file, policy or option, 1 when tasks wait for ever, for instance since",
      "all their devices are lost, or when a file can't be written."
    })
public final class SimulateCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;
  @Mixin private final FleetOptions fleets = new FleetOptions();
  @Mixin private final SpeedsOptions speeds = new SpeedsOptions();
  @Mixin private final DeviceClassOptions deviceClasses = new DeviceClassOptions();
  @Mixin private final SeedOptions seeds = new SeedOptions();
  @Mixin private final DisturbanceOptions disturbances = new DisturbanceOptions();
  @Mixin private final SpeculationOptions speculations = new SpeculationOptions();
  @Mixin private final AdaptationOptions adaptation = new AdaptationOptions();
  @Mixin private final PlacementChanges changes = new PlacementChanges();
  @Mixin private final ArrivalOptions arrivals = new ArrivalOptions();
  @Mixin private final ResultFiles files = new ResultFiles();
  @Mixin private final ExplainedTask explained = new ExplainedTask();

  @Parameters(
      arity = "0..*",
      paramLabel = "WORKFLOW",
      description =
          "Files of jobs, each simulated by itself: the project's format, WfFormat, Estee or"
              + " DAGBench. Or generated:SHAPE:TASKS:SEED, where SHAPE is layered, fork-join,"
              + " random, tree or pipeline.")
  private List<String> workflows = List.of();

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "plb,heft,late,fifo",
      description =
          "What places tasks, one or several: plb, heft, cpop, peft, late, dmdas,"
              + " heteroprio, min-min, fifo, random. Default: plb,heft,late,fifo.")
  private List<String> policies = List.of();

  @Option(
      names = "--learn",
      description = "Don't tell the scheduler how long tasks take; it learns while they run.")
  private boolean learn;

  /** A command that writes to the console. */
  public SimulateCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() throws InvalidFileException {
    Output output = common.begin();
    checkPolicies();
    changes.settings();
    adaptation.settings();
    Disturbance disturbance = disturbances.disturbance();
    List<Long> dice = seeds.seeds();
    Laboratory laboratory = laboratory(disturbance);
    List<SimulationReport> reports =
        run(laboratory.subjects(workflows, arrivals, dice), disturbance, dice, output);
    files.write();
    if (output.isJson()) {
      output.json(explained.isGiven() ? explained.addTo(reports) : reports);
    } else {
      SimulationTable.write(reports, output);
      explained.write(output);
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

  private Laboratory laboratory(Disturbance disturbance) throws InvalidFileException {
    List<DeviceClass> classes = DeviceClasses.read(deviceClasses.file());
    Set<String> names = classes.stream().map(DeviceClass::name).collect(Collectors.toSet());
    Fleet fleet = fleets.fleet(names);
    try {
      disturbance.check(fleet);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--lose: " + e.getMessage(), e);
    }
    return new Laboratory(
        fleet,
        speeds.speeds(fleet.classes()),
        classes,
        learn ? Scenario.Knowledge.LEARNED : Scenario.Knowledge.GIVEN);
  }

  /** Runs everything, workflow by workflow, policy by policy, seed by seed. */
  private List<SimulationReport> run(
      List<Laboratory.Subject> subjects, Disturbance disturbance, List<Long> dice, Output output) {
    PrintStream terminal = output.progressTerminal();
    ProgressBar bar = terminal == null ? null : new ProgressBar(terminal);
    int total = subjects.size() * policies.size() * dice.size();
    List<SimulationReport> reports = new ArrayList<>();
    for (Laboratory.Subject subject : subjects) {
      for (String policy : policies) {
        for (int i = 0; i < dice.size(); i++) {
          Scenario scenario = subject.scenarios().get(i);
          if (bar != null) {
            bar.show(reports.size(), total, policy + ", " + scenario.workload().name());
          }
          RunResult run = simulate(scenario, disturbance, policy, dice.get(i));
          files.add(scenario, disturbance, run, total == 1);
          reports.add(Reports.of(scenario, run));
        }
      }
    }
    if (bar != null) {
      bar.clear();
    }
    return reports;
  }

  private RunResult simulate(Scenario scenario, Disturbance disturbance, String policy, long seed) {
    try {
      Rules rules =
          Rules.of(policy)
              .with(speculations.of(policy))
              .with(changes.settings())
              .with(adaptation.settings());
      return explained.isGiven()
          ? Simulation.run(
              scenario, disturbance, policy, rules, seed, explained.watch(scenario, policy, seed))
          : Simulation.run(scenario, disturbance, policy, rules, seed);
    } catch (StuckException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
    }
  }
}
