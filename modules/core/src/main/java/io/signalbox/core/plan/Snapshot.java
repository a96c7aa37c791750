package io.signalbox.core.plan;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.Occupant;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.graph.TaskGraph;
import io.signalbox.core.job.DataLocation;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Live tasks and devices at one moment as a static problem: the tasks to be planned first, behind
 * them those that run and those whose results are still to be moved, which stay where they are.
 * Times count from that moment.
 */
final class Snapshot {
  /** Times are rounded by far less. */
  private static final double CERTAIN_SECONDS = 1e-3;

  private static final int[] NO_PARENTS = {};
  private static final double[] NO_TRANSFERS = {};

  final Processors processors;
  final List<Task> planned;
  final double[][] secondsByClass;
  private final double now;
  // Tasks by number; each knows its own. The one behind those planned stands for all that was done
  // so long ago that its data is everywhere, and isn't looked at.
  private final List<@Nullable Task> numbered;
  private int[] fixedProcessors = new int[64];
  private double[] fixedStarts = new double[64];
  private double[] fixedEnds = new double[64];
  private int fixedCount;

  Snapshot(Processors processors, RunTimeEstimator estimator, List<Task> planned, double now) {
    this.processors = processors;
    this.planned = planned;
    this.now = now;
    this.secondsByClass = secondsByClass(processors.classes, estimator, planned);
    this.numbered = new ArrayList<>(2 * planned.size());
    for (int i = 0; i < planned.size(); i++) {
      planned.get(i).listAt(i);
      numbered.add(planned.get(i));
    }
    fix(null, processors.count() - 1, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
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
      List<String> allowed = task.kind().classes();
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
      fixOne(occupant.task(), processor, occupant.startsAt(), occupant.endsAt(now));
    }
  }

  private void fixOne(Task task, int processor, double start, double end) {
    if (!isNumbered(task)) {
      task.listAt(numbered.size());
      fix(task, processor, start, end);
    }
  }

  private void fix(@Nullable Task task, int processor, double start, double end) {
    numbered.add(task);
    if (fixedCount == fixedProcessors.length) {
      fixedProcessors = Arrays.copyOf(fixedProcessors, 2 * fixedCount);
      fixedStarts = Arrays.copyOf(fixedStarts, 2 * fixedCount);
      fixedEnds = Arrays.copyOf(fixedEnds, 2 * fixedCount);
    }
    fixedProcessors[fixedCount] = processor;
    fixedStarts[fixedCount] = start - now;
    fixedEnds[fixedCount++] = end - now;
  }

  private boolean isNumbered(Task task) {
    int at = task.listedAt();
    return at < numbered.size() && numbered.get(at) == task;
  }

  /** The problem; tasks are numbered as in {@link #planned}, the fixed ones behind them. */
  StaticProblem problem() {
    int[][] parents = new int[planned.size()][];
    double[][] transfers = new double[planned.size()][];
    double[][] seconds = new double[planned.size()][];
    for (int i = 0; i < seconds.length; i++) {
      addEdges(i, parents, transfers);
      seconds[i] = row(secondsByClass[i]);
    }
    int count = numbered.size();
    seconds = Arrays.copyOf(seconds, count);
    parents = Arrays.copyOf(parents, count);
    transfers = Arrays.copyOf(transfers, count);
    // Nobody asks how long they take: they are alike, whatever stays where it is.
    double[] fixedRow = new double[processors.count()];
    for (int i = planned.size(); i < count; i++) {
      seconds[i] = fixedRow;
      parents[i] = NO_PARENTS;
      transfers[i] = NO_TRANSFERS;
    }
    return new StaticProblem(seconds, parents, transfers, processors.memories, processors.kinds);
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

  private void addEdges(int of, int[][] parents, double[][] transfers) {
    Task task = planned.get(of);
    TaskGraph graph = task.job().graph();
    int count = graph.parentCount(task.node());
    if (count > 0 && hasAllEverywhere(task)) {
      parents[of] = new int[] {planned.size()};
      transfers[of] = new double[] {longestTransfer(graph, task.node())};
      return;
    }
    int[] known = new int[count];
    double[] seconds = new double[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      Task parent = task.job().task(graph.parent(task.node(), i));
      int number = parent == null ? -1 : number(parent);
      if (number >= 0) {
        known[size] = number;
        seconds[size++] = graph.parentTransferSeconds(task.node(), i);
      }
    }
    parents[of] = size == count ? known : Arrays.copyOf(known, size);
    transfers[of] = size == count ? seconds : Arrays.copyOf(seconds, size);
  }

  /** True when its inputs have been within reach of all devices for a moment. */
  private boolean hasAllEverywhere(Task task) {
    DataLocation data = task.data();
    return task.pendingParents() == 0
        && data != null
        && data.readyElsewhere() < now - CERTAIN_SECONDS;
  }

  /** The only one that counts, in ranks. */
  private static double longestTransfer(TaskGraph graph, int node) {
    double longest = 0;
    for (int i = 0; i < graph.parentCount(node); i++) {
      longest = Math.max(longest, graph.parentTransferSeconds(node, i));
    }
    return longest;
  }

  /** Number of a parent, or -1 of one that isn't planned: it is beyond the plan's horizon. */
  private int number(Task parent) {
    if (!isNumbered(parent) && parent.state() instanceof TaskState.Succeeded done) {
      fixOne(parent, processors.of(done.device()), done.finishedAt(), done.finishedAt());
    }
    return isNumbered(parent) ? parent.listedAt() : -1;
  }

  /** Puts what runs and what lies somewhere into a schedule. */
  void fixInto(ScheduleBuilder builder) {
    for (int i = 0; i < fixedCount; i++) {
      builder.fix(planned.size() + i, fixedProcessors[i], fixedStarts[i], fixedEnds[i]);
    }
  }

  boolean isFixed(int number) {
    return number >= planned.size();
  }
}
