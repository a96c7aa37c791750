package io.signalbox.core.admission;

import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.graph.TaskGraph;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the unfinished tasks of a live job. */
final class JobReading {
  private final FleetReading fleet;
  private final RunTimeEstimator estimator;
  private final Urgency urgency;
  private final double now;
  private final Job job;
  private final int[] numbers;
  private final Task[] tasks;

  private JobReading(
      FleetReading fleet, RunTimeEstimator estimator, Urgency urgency, Job job, double now) {
    this.fleet = fleet;
    this.estimator = estimator;
    this.urgency = urgency;
    this.job = job;
    this.now = now;
    numbers = new int[job.graph().size()];
    Arrays.fill(numbers, -1);
    Task[] found = new Task[numbers.length];
    int count = 0;
    for (int node : job.graph().topologicalOrder()) {
      Task task = job.task(node);
      if (task != null && unfinished(task)) {
        numbers[node] = count;
        found[count++] = task;
      }
    }
    tasks = Arrays.copyOf(found, count);
  }

  /**
   * A job's load. Parents that haven't been described are passed over: nothing is known of them.
   */
  static JobLoad of(
      Job job, FleetReading fleet, RunTimeEstimator estimator, Urgency urgency, double now) {
    return new JobReading(fleet, estimator, urgency, job, now).read();
  }

  static boolean unfinished(Task task) {
    return !(task.state() instanceof TaskState.Succeeded
        || task.state() instanceof TaskState.Failed);
  }

  private JobLoad read() {
    int[][] parents = new int[tasks.length][];
    double[][] transfers = new double[tasks.length][];
    for (int i = 0; i < tasks.length; i++) {
      readParents(i, parents, transfers);
    }
    Double deadline = job.header().deadline();
    JobLoad load =
        new JobLoad(
            job.id(),
            deadline == null ? Double.POSITIVE_INFINITY : deadline - now,
            fleet.classes().size(),
            this::seconds,
            parents,
            transfers);
    for (int i = 0; i < tasks.length; i++) {
      describe(load, i);
    }
    return load;
  }

  private void readParents(int number, int[][] parents, double[][] transfers) {
    TaskGraph graph = job.graph();
    int node = tasks[number].node();
    int[] found = new int[graph.parentCount(node)];
    double[] seconds = new double[found.length];
    int count = 0;
    for (int i = 0; i < found.length; i++) {
      int parent = numbers[graph.parent(node, i)];
      if (parent >= 0) {
        found[count] = parent;
        seconds[count++] = graph.parentTransferSeconds(node, i);
      }
    }
    parents[number] = Arrays.copyOf(found, count);
    transfers[number] = Arrays.copyOf(seconds, count);
  }

  private void describe(JobLoad load, int number) {
    Task task = tasks[number];
    TaskGraph graph = job.graph();
    int node = task.node();
    load.rank(number, urgency.of(task, now));
    FleetReading.Held held = fleet.held(task);
    if (held != null) {
      load.place(number, held.device(), held.likelyEnd(), held.latestEnd());
      return;
    }
    for (int i = 0; i < graph.parentCount(node); i++) {
      Task parent = job.task(graph.parent(node, i));
      if (parent != null && parent.state() instanceof TaskState.Succeeded done) {
        double there = done.finishedAt() - now;
        double elsewhere = there + graph.parentTransferSeconds(node, i);
        load.data(number, fleet.device(done.device()), there, elsewhere);
      }
    }
    for (int k = 0; k < fleet.classes().size(); k++) {
      boolean anyWillDo =
          task.kind().labels().required().isEmpty()
              && fleet.allHaveMemory(k, task.kind().memoryBytes());
      if (allows(task, k) && !anyWillDo) {
        load.pickyAboutDevices();
      }
    }
  }

  private boolean allows(Task task, int k) {
    List<String> allowed = task.kind().classes();
    return allowed.isEmpty() || allowed.contains(fleet.classes().get(k));
  }

  private double seconds(int number, int k, Times.Care care) {
    return secondsOf(tasks[number], k, care, fleet, estimator);
  }

  /** A task's predicted run time on a class; positive infinity where it may not run. */
  static double secondsOf(
      @Nullable Task task, int k, Times.Care care, FleetReading fleet, RunTimeEstimator estimator) {
    String deviceClass = fleet.classes().get(k);
    if (task == null
        || (!task.kind().classes().isEmpty() && !task.kind().classes().contains(deviceClass))) {
      return Double.POSITIVE_INFINITY;
    }
    return estimator.quantileSeconds(task.workload(), deviceClass, care.quantile());
  }
}
