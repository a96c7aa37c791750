package io.signalbox.core.plan;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.Occupant;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.graph.TaskGraph;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Live tasks and devices at one moment as a static problem: the tasks to be planned first, behind
 * them those that run and those whose results are still to be moved, which stay where they are.
 * Times count from that moment.
 */
final class Snapshot {
  final Processors processors;
  final List<Task> planned;
  final double[][] secondsByClass;
  private final double now;
  private final Map<Task, Integer> numbers = new HashMap<>();
  private final List<Integer> fixedProcessors = new ArrayList<>();
  private final List<double[]> fixedTimes = new ArrayList<>();

  Snapshot(Processors processors, RunTimeEstimator estimator, List<Task> planned, double now) {
    this.processors = processors;
    this.planned = planned;
    this.now = now;
    this.secondsByClass = secondsByClass(processors.classes, estimator, planned);
    for (int i = 0; i < planned.size(); i++) {
      numbers.put(planned.get(i), i);
    }
    processors.devices().forEach(this::fixOccupants);
  }

  /**
   * Predicted seconds of each task on each class, in the order of the settings; infinite where it
   * may not run, or where there is no slot.
   */
  static double[][] secondsByClass(
      Collection<ClassDevices> classes, RunTimeEstimator estimator, List<Task> tasks) {
    double[][] seconds = new double[tasks.size()][classes.size()];
    for (int i = 0; i < seconds.length; i++) {
      Task task = tasks.get(i);
      List<String> allowed = task.spec().classes();
      int k = 0;
      for (ClassDevices candidates : classes) {
        boolean possible =
            candidates.slots() > 0 && (allowed.isEmpty() || allowed.contains(candidates.name()));
        seconds[i][k++] =
            possible
                ? estimator.seconds(task.workload(), candidates.name())
                : Double.POSITIVE_INFINITY;
      }
    }
    return seconds;
  }

  private void fixOccupants(Device device) {
    int slot = 0;
    for (Occupant occupant : device.occupants()) {
      int processor = processors.of(device.id()) + Math.min(slot++, device.report().slots() - 1);
      fix(occupant.task(), processor, occupant.startsAt(), occupant.endsAt(now));
    }
  }

  private void fix(Task task, int processor, double start, double end) {
    if (numbers.putIfAbsent(task, planned.size() + fixedTimes.size()) == null) {
      fixedProcessors.add(processor);
      fixedTimes.add(new double[] {start - now, end - now});
    }
  }

  /** The problem; tasks are numbered as in {@link #planned}, the fixed ones behind them. */
  StaticProblem problem() {
    List<int[]> parents = new ArrayList<>();
    List<double[]> transfers = new ArrayList<>();
    for (Task task : planned) {
      addEdges(task, parents, transfers);
    }
    double[][] seconds = new double[planned.size() + fixedTimes.size()][];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = i < planned.size() ? row(secondsByClass[i]) : new double[processors.count()];
      if (i >= planned.size()) {
        parents.add(new int[0]);
        transfers.add(new double[0]);
      }
    }
    return new StaticProblem(
        seconds,
        parents.toArray(int[][]::new),
        transfers.toArray(double[][]::new),
        processors.memories,
        processors.kinds);
  }

  private double[] row(double[] byClass) {
    double[] row = new double[processors.count()];
    for (int processor = 0; processor < row.length; processor++) {
      int kind = processors.kinds[processor];
      row[processor] =
          kind < byClass.length
              ? byClass[kind] * processors.slowness(processor)
              : Double.POSITIVE_INFINITY;
    }
    return row;
  }

  private void addEdges(Task task, List<int[]> parents, List<double[]> transfers) {
    TaskGraph graph = task.job().graph();
    int count = graph.parentCount(task.node());
    int[] known = new int[count];
    double[] seconds = new double[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      Task parent = task.job().task(graph.parent(task.node(), i));
      Integer number = parent == null ? null : number(parent);
      if (number != null) {
        known[size] = number;
        seconds[size++] = graph.parentTransferSeconds(task.node(), i);
      }
    }
    parents.add(Arrays.copyOf(known, size));
    transfers.add(Arrays.copyOf(seconds, size));
  }

  /** Number of a parent, or null of one that isn't planned: it is beyond the plan's horizon. */
  private @Nullable Integer number(Task parent) {
    Integer number = numbers.get(parent);
    if (number == null && parent.state() instanceof TaskState.Succeeded done) {
      fix(parent, processors.of(done.device()), done.finishedAt(), done.finishedAt());
      number = numbers.get(parent);
    }
    return number;
  }

  /** Puts what runs and what lies somewhere into a schedule. */
  void fixInto(ScheduleBuilder builder) {
    for (int i = 0; i < fixedTimes.size(); i++) {
      double[] times = fixedTimes.get(i);
      builder.fix(planned.size() + i, fixedProcessors.get(i), times[0], times[1]);
    }
  }

  boolean isFixed(int number) {
    return number >= planned.size();
  }
}
