package io.signalbox.simulator.workload;

import io.signalbox.core.job.TaskSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a workload faster than real time: everything that takes time takes a factor less of it, so
 * that the schedule keeps its shape.
 *
 * @param factor how many seconds of the workload pass in one real second, greater than 0
 */
public record TimeScale(double factor) {
  /** Real time. */
  public static final TimeScale REAL = new TimeScale(1);

  public TimeScale {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("time scale must be > 0 and finite, is " + factor);
    }
  }

  /** Real seconds for seconds of the workload. */
  public double toReal(double seconds) {
    return seconds / factor;
  }

  /** Seconds of the workload for real seconds. */
  public double fromReal(double seconds) {
    return seconds * factor;
  }

  /**
   * The plan with work, estimates, timeouts and the deadline after submission divided by the
   * factor. A deadline that is an instant stays: it is a date, not a duration.
   */
  public JobPlan plan(JobPlan plan) {
    Double deadline = plan.deadlineAfterSeconds();
    List<TaskSpec> tasks = plan.tasks().stream().map(this::task).toList();
    return new JobPlan(
        plan.job(), plan.header(), tasks, deadline == null ? null : toReal(deadline));
  }

  /** The workload with each of its plans scaled. */
  public Workload workload(Workload workload) {
    return new Workload(workload.name(), workload.jobs().stream().map(this::plan).toList());
  }

  /** The network with bandwidth multiplied and latency divided by the factor. */
  public Network network(Network network) {
    return new Network(
        network.bandwidthBytesPerSecond() * factor, toReal(network.latencySeconds()));
  }

  private TaskSpec task(TaskSpec task) {
    Map<String, Double> estimates = new HashMap<>();
    task.estimates().forEach((name, seconds) -> estimates.put(name, toReal(seconds)));
    return new TaskSpec(
        task.id(),
        task.operation(),
        task.version(),
        task.dependencies(),
        toReal(task.work()),
        estimates,
        task.classes(),
        task.memoryBytes(),
        task.payload(),
        toReal(task.timeoutSeconds()),
        task.maxAttempts(),
        task.labels());
  }
}
