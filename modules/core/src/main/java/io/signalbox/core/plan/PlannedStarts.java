package io.signalbox.core.plan;

import io.signalbox.core.graph.TaskGraph;
import io.signalbox.core.job.Planned;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The planned tasks of each class in the order of their planned starts. */
final class PlannedStarts {
  /** Parents looked at; one of many that is late is likely among the first. */
  private static final int MOST_PARENTS = 16;

  private record Start(Task task, Planned planned) {}

  private static final Comparator<Start> ORDER =
      Comparator.comparingDouble(start -> start.planned().startsAt());

  private final Map<String, List<Start>> byClass = new HashMap<>();

  /** Takes over what the plan told the tasks; stable, so equal plans give equal orders. */
  void set(List<Task> tasks) {
    byClass.clear();
    for (Task task : tasks) {
      Planned planned = task.planned();
      if (planned != null) {
        byClass
            .computeIfAbsent(planned.deviceClass(), name -> new ArrayList<>())
            .add(new Start(task, planned));
      }
    }
    byClass.values().forEach(starts -> starts.sort(ORDER));
  }

  /**
   * How many tasks are planned to start on a class from now on and before a time, haven't been
   * placed, and aren't held up by a late parent; counted up to a limit.
   */
  int between(String deviceClass, double now, double until, int limit) {
    @Nullable List<Start> starts = byClass.get(deviceClass);
    if (starts == null) {
      return 0;
    }
    int count = 0;
    for (int i = firstFrom(starts, now); i < starts.size() && count < limit; i++) {
      Start start = starts.get(i);
      if (start.planned().startsAt() >= until) {
        break;
      }
      count += isOpen(start) && isOnTime(start.task(), now) ? 1 : 0;
    }
    return count;
  }

  /** True while the task waits as it was planned. */
  private static boolean isOpen(Start start) {
    return start.planned().equals(start.task().planned())
        && !start.task().job().ended()
        && (start.task().state() instanceof TaskState.Waiting
            || start.task().state() instanceof TaskState.Ready);
  }

  /** False when a parent should have started by now and hasn't, or should be done and isn't. */
  private static boolean isOnTime(Task task, double now) {
    TaskGraph graph = task.job().graph();
    int looked = Math.min(MOST_PARENTS, graph.parentCount(task.node()));
    for (int i = 0; i < looked; i++) {
      Task parent = task.job().task(graph.parent(task.node(), i));
      if (parent != null && !graph.isFinished(parent.node()) && isLate(parent, now)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLate(Task parent, double now) {
    Planned planned = parent.planned();
    if (planned == null) {
      return false;
    }
    boolean placed = parent.state() instanceof TaskState.Placed;
    return now > (placed ? planned.finishesAt() : planned.startsAt());
  }

  private static int firstFrom(List<Start> starts, double now) {
    int low = 0;
    int high = starts.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts.get(middle).planned().startsAt() < now) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
