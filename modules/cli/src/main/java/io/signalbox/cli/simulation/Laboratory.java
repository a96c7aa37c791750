package io.signalbox.cli.simulation;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.settings.ArrivalOptions;
import io.signalbox.core.device.DeviceClass;
import io.signalbox.simulator.generator.GeneratedOperations;
import io.signalbox.simulator.generator.GeneratedWorkload;
import io.signalbox.simulator.scenario.Arrivals;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.scenario.Traffic;
import io.signalbox.simulator.workload.ArrivalTrace;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.InvalidFileException;
import io.signalbox.simulator.workload.Speeds;
import io.signalbox.simulator.workload.Workload;
import io.signalbox.simulator.workload.Workloads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What simulations are made of, once the files are read: turns names of workflows into scenarios.
 *
 * @param fleet the devices
 * @param speeds how fast they are
 * @param classes the device classes there are
 * @param knowledge what the scheduler knows of run times
 */
public record Laboratory(
    Fleet fleet, Speeds speeds, List<DeviceClass> classes, Scenario.Knowledge knowledge) {
  /** A workload and when its jobs arrive. */
  private record Load(Workload workload, Arrivals arrivals) {}

  /**
   * A workload that is simulated once for every seed.
   *
   * @param scenarios by seed, in the order of the seeds
   */
  public record Subject(List<Scenario> scenarios) {
    public Subject {
      scenarios = List.copyOf(scenarios);
    }
  }

  /**
   * What is to be simulated: each workflow by itself, or, where jobs arrive over time, all of them
   * as one.
   *
   * @param workflows files, or names of generated workloads
   * @param arrivals whether jobs arrive over time
   * @param seeds the seeds
   * @throws InvalidFileException if a file can't be read or breaks a rule
   */
  public List<Subject> subjects(List<String> workflows, ArrivalOptions arrivals, List<Long> seeds)
      throws InvalidFileException {
    Path trace = arrivals.trace();
    if (workflows.isEmpty() && trace == null) {
      throw CommandFailure.usage(
          "Missing required parameter: 'WORKFLOW' (see signalbox simulate --help)");
    }
    List<Workload> workloads = new ArrayList<>();
    for (String workflow : workflows) {
      workloads.add(workload(workflow));
    }
    List<Subject> subjects = new ArrayList<>();
    if (!arrivals.isGiven()) {
      for (int i = 0; i < workloads.size(); i++) {
        Workload workload = workloads.get(i);
        subjects.add(
            once(
                new Load(workload, Arrivals.together(workload.jobs().size())),
                workflows.get(i),
                seeds));
      }
    } else if (trace != null) {
      subjects.add(once(traced(workloads, trace, arrivals), trace.toString(), seeds));
    } else {
      subjects.add(drawn(workloads, arrivals, seeds));
    }
    return subjects;
  }

  private Workload workload(String workflow) throws InvalidFileException {
    if (!workflow.startsWith(GeneratedWorkload.PREFIX)) {
      return Workloads.read(Path.of(workflow), Optional.of(classNames()));
    }
    try {
      return GeneratedWorkload.named(workflow).workload();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()), e);
    }
  }

  private Set<String> classNames() {
    return classes.stream().map(DeviceClass::name).collect(Collectors.toSet());
  }

  /** The same arrivals whatever the seed. */
  private Subject once(Load load, String name, List<Long> seeds) {
    Scenario scenario = scenario(load, name);
    return new Subject(seeds.stream().map(seed -> scenario).toList());
  }

  private static Load traced(List<Workload> workloads, Path file, ArrivalOptions arrivals)
      throws InvalidFileException {
    ArrivalTrace trace = ArrivalTrace.read(file, arrivals.jobs(Integer.MAX_VALUE));
    Workload workload =
        workloads.isEmpty()
            ? Traffic.requests(trace)
            : roundRobin(workloads, trace.requests().size());
    return new Load(workload, Arrivals.at(trace.seconds()));
  }

  private Subject drawn(List<Workload> workloads, ArrivalOptions arrivals, List<Long> seeds) {
    Double rate = arrivals.rate();
    int all = workloads.stream().mapToInt(workload -> workload.jobs().size()).sum();
    Workload workload = roundRobin(workloads, arrivals.jobs(all));
    List<Scenario> scenarios = new ArrayList<>();
    for (long seed : seeds) {
      Arrivals times = Arrivals.poisson(rate == null ? 0 : rate, workload.jobs().size(), seed);
      scenarios.add(scenario(new Load(workload, times), workload.name()));
    }
    return new Subject(scenarios);
  }

  private static Workload roundRobin(List<Workload> workloads, int jobs) {
    try {
      return Traffic.roundRobin(workloads, jobs);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--arrivals, --jobs: " + e.getMessage(), e);
    }
  }

  private Scenario scenario(Load load, String name) {
    try {
      return new Scenario(
          load.workload(),
          load.arrivals(),
          fleet,
          GeneratedOperations.addTo(speeds, classes),
          classes,
          knowledge);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(name + ": " + e.getMessage(), e);
    }
  }
}
