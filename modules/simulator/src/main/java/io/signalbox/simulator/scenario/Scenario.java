package io.signalbox.simulator.scenario;

import io.signalbox.core.bound.LowerBound;
import io.signalbox.core.device.DeviceClass;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.Speeds;
import io.signalbox.simulator.workload.StaticProblem;
import io.signalbox.simulator.workload.Workload;
import io.signalbox.simulator.workload.Workloads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is simulated, but for the policy and the seed: a workload on a fleet. What all runs of it
 * share is worked out once.
 */
public final class Scenario {
  /** Where the scheduler's expectations come from. */
  public enum Knowledge {
    /** Every task comes with its exact time on each class. */
    GIVEN,
    /** Only what the workload itself says; the rest is learned while it runs. */
    LEARNED
  }

  private final Workload workload;
  private final Fleet fleet;
  private final List<DeviceClass> classes;
  private final StaticProblem problem;
  private final LowerBound bound;
  private final double[][] transferSeconds;
  private final List<JobPlan> submissions;

  /**
   * A workload on a fleet.
   *
   * @param workload all its jobs are submitted at time 0
   * @param fleet the devices and the network
   * @param speeds how fast the classes run the operations
   * @param known the device classes there are: the fleet's, for their throughput and power
   * @param knowledge what the scheduler knows of run times
   * @throws IllegalArgumentException when a class of the fleet isn't known, has no speed, or a task
   *     may run on none of the fleet's classes
   */
  public Scenario(
      Workload workload,
      Fleet fleet,
      Speeds speeds,
      Collection<DeviceClass> known,
      Knowledge knowledge) {
    this.workload = workload;
    this.fleet = fleet;
    this.classes = inOrderOfTheFleet(fleet, known);
    this.problem = StaticProblem.of(workload, fleet, speeds);
    this.bound = LowerBound.of(problem.secondsByTaskAndClass(), problem.slots(), problem.parents());
    this.transferSeconds = transfers(workload, fleet);
    this.submissions = submissions(workload, fleet, speeds, knowledge);
  }

  private static List<DeviceClass> inOrderOfTheFleet(Fleet fleet, Collection<DeviceClass> known) {
    Map<String, DeviceClass> byName = new LinkedHashMap<>();
    known.forEach(deviceClass -> byName.put(deviceClass.name(), deviceClass));
    Map<String, DeviceClass> ordered = new LinkedHashMap<>();
    for (Fleet.Device device : fleet.devices()) {
      DeviceClass deviceClass = byName.get(device.deviceClass());
      if (deviceClass == null) {
        throw new IllegalArgumentException(
            "device '%s' is of class '%s', which isn't known; known are %s"
                .formatted(device.id(), device.deviceClass(), String.join(", ", byName.keySet())));
      }
      ordered.put(deviceClass.name(), deviceClass);
    }
    return List.copyOf(ordered.values());
  }

  private static double[][] transfers(Workload workload, Fleet fleet) {
    return workload.jobs().stream()
        .flatMap(plan -> plan.tasks().stream())
        .map(task ->
            task.dependencies().stream()
                .mapToDouble(parent -> fleet.network().transferSeconds(parent.sizeBytes()))
                .toArray())
        .toArray(double[][]::new);
  }

  private static List<JobPlan> submissions(
      Workload workload, Fleet fleet, Speeds speeds, Knowledge knowledge) {
    List<JobPlan> plans = new ArrayList<>();
    for (JobPlan plan : workload.jobs()) {
      JobPlan dated = plan.submittedAt(0);
      plans.add(
          knowledge == Knowledge.GIVEN
              ? Workloads.withEstimates(dated, speeds, fleet.classes())
              : dated);
    }
    return plans;
  }

  /** The workload. */
  public Workload workload() {
    return workload;
  }

  /** The fleet. */
  public Fleet fleet() {
    return fleet;
  }

  /** The fleet's classes, in the order in which the fleet first names them. */
  public List<DeviceClass> classes() {
    return classes;
  }

  /** Exact times and parents as arrays; tasks are numbered as here. */
  public StaticProblem problem() {
    return problem;
  }

  /** What no schedule can beat, with exact times and free transfers. */
  public LowerBound bound() {
    return bound;
  }

  /** For each parent of each task, the seconds its data takes to another device. */
  public double[][] transferSeconds() {
    return transferSeconds;
  }

  /** What is submitted at time 0. */
  public List<JobPlan> submissions() {
    return submissions;
  }
}
