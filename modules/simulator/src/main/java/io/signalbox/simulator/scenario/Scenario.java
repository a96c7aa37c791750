package io.signalbox.simulator.scenario;

import io.signalbox.core.bound.LowerBound;
import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.Speeds;
import io.signalbox.simulator.workload.StaticProblem;
import io.signalbox.simulator.workload.Workload;
import io.signalbox.simulator.workload.Workloads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
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
  private final double lowerBoundSeconds;
  private final double[][] transferSeconds;
  private final double[] arrivalSeconds;
  private final List<Submission> submissions;
  // By job, then by task: a key of both would be made and hashed anew for each offer.
  private final Map<String, Map<String, Integer>> numbers = new HashMap<>();
  private final String[] operations;

  /** A workload on a fleet, all its jobs submitted at time 0. */
  public Scenario(
      Workload workload,
      Fleet fleet,
      Speeds speeds,
      Collection<DeviceClass> known,
      Knowledge knowledge) {
    this(workload, Arrivals.together(workload.jobs().size()), fleet, speeds, known, knowledge);
  }

  /**
   * A workload on a fleet.
   *
   * @param workload the jobs
   * @param arrivals when each of them is submitted
   * @param fleet the devices and the network
   * @param speeds how fast the classes run the operations
   * @param known the device classes there are: the fleet's, for their throughput and power
   * @param knowledge what the scheduler knows of run times
   * @throws IllegalArgumentException when a class of the fleet isn't known, has no speed, or a task
   *     may run on none of the fleet's classes; when arrivals are of another number of jobs
   */
  public Scenario(
      Workload workload,
      Arrivals arrivals,
      Fleet fleet,
      Speeds speeds,
      Collection<DeviceClass> known,
      Knowledge knowledge) {
    if (arrivals.jobs() != workload.jobs().size()) {
      throw new IllegalArgumentException(
          "%d jobs, but %d arrivals".formatted(workload.jobs().size(), arrivals.jobs()));
    }
    this.workload = workload;
    this.fleet = fleet;
    this.classes = inOrderOfTheFleet(fleet, known);
    this.problem = StaticProblem.of(workload, fleet, speeds);
    this.bound = LowerBound.of(problem.secondsByTaskAndClass(), problem.slots(), problem.parents());
    this.lowerBoundSeconds =
        arrivals.isTogether()
            ? bound.seconds()
            : Math.max(bound.seconds(), ArrivalBound.seconds(problem, arrivals, workload.jobs()));
    this.transferSeconds = transfers(workload, fleet);
    this.arrivalSeconds = arrivals(workload, arrivals);
    this.submissions = submissions(workload, arrivals, fleet, speeds, knowledge);
    this.operations = new String[problem.tasks().size()];
    int number = 0;
    for (JobPlan plan : workload.jobs()) {
      Map<String, Integer> ofJob = new HashMap<>();
      numbers.put(plan.job(), ofJob);
      for (TaskSpec task : plan.tasks()) {
        operations[number] = task.operation();
        ofJob.put(task.id(), number++);
      }
    }
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

  private static double[] arrivals(Workload workload, Arrivals arrivals) {
    double[] seconds = new double[workload.taskCount()];
    int task = 0;
    for (int job = 0; job < arrivals.jobs(); job++) {
      int end = task + workload.jobs().get(job).tasks().size();
      Arrays.fill(seconds, task, end, arrivals.seconds(job));
      task = end;
    }
    return seconds;
  }

  private static List<Submission> submissions(
      Workload workload, Arrivals arrivals, Fleet fleet, Speeds speeds, Knowledge knowledge) {
    List<Submission> submissions = new ArrayList<>();
    for (int job = 0; job < arrivals.jobs(); job++) {
      JobPlan dated = workload.jobs().get(job).submittedAt(arrivals.seconds(job));
      JobPlan told =
          knowledge == Knowledge.GIVEN
              ? Workloads.withEstimates(dated, speeds, fleet.classes())
              : dated;
      submissions.add(new Submission(arrivals.seconds(job), told));
    }
    return submissions;
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

  /** The bound of all jobs together, as if they were there from the start. */
  public LowerBound bound() {
    return bound;
  }

  /** What no schedule can beat, with exact times and free transfers; counts from time 0. */
  public double lowerBoundSeconds() {
    return lowerBoundSeconds;
  }

  /**
   * The number of an attempt's task.
   *
   * @throws IllegalStateException when there is no such task
   */
  public int numberOf(AttemptRef attempt) {
    Integer number = numbers.getOrDefault(attempt.job(), Map.of()).get(attempt.task());
    if (number == null) {
      throw new IllegalStateException(attempt + " is of no task");
    }
    return number;
  }

  /** The operation of a task, by its number. */
  public String operation(int task) {
    return operations[task];
  }

  /** For each parent of each task, the seconds its data takes to another device. */
  public double[][] transferSeconds() {
    return transferSeconds;
  }

  /** When each task's job is submitted; tasks are numbered as in the problem. */
  public double[] arrivalSeconds() {
    return arrivalSeconds;
  }

  /** What is submitted, in the order of time. */
  public List<Submission> submissions() {
    return submissions;
  }
}
