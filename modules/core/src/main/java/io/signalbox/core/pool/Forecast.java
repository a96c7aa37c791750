package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Occupant;
import io.signalbox.core.explanation.Parent;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * When what a task waits for should be done: what is on a device when its prediction says, the rest
 * at the earliest, as if a device of its fastest class were free in time. Looks at the unfinished
 * ancestors, up to a number.
 */
final class Forecast {
  /** Ancestors looked at; a question must not hold up the pool. */
  private static final int MOST_ANCESTORS = 2_000;

  /** Edges looked at for that. */
  private static final int MOST_EDGES = 20_000;

  /** Tasks shown of a chain. */
  private static final int MOST_SHOWN = 10;

  private static final double UNKNOWN = Double.POSITIVE_INFINITY;

  private final State state;
  private final Job job;
  private final double now;
  private final Map<Integer, Double> finishes = new HashMap<>();
  private int edges;

  Forecast(State state, Task task, double now) {
    this.state = state;
    this.job = task.job();
    this.now = now;
    lookBack(task.node());
  }

  /** Works its way through the ancestors, each after its parents. */
  private void lookBack(int start) {
    Deque<Integer> open = new ArrayDeque<>();
    open.push(start);
    while (!open.isEmpty() && finishes.size() < MOST_ANCESTORS && edges < MOST_EDGES) {
      int node = open.element();
      int before = open.size();
      if (!finishes.containsKey(node) && waits(node)) {
        for (int parent : unfinishedParents(node)) {
          if (!finishes.containsKey(parent)) {
            open.push(parent);
          }
        }
      }
      if (open.size() == before) {
        open.remove();
        finishes.computeIfAbsent(node, this::finish);
      }
    }
  }

  /** The task's unfinished parents, the one whose data should be there last first. */
  List<Parent> parents(Task task, int limit) {
    return ordered(task.node()).stream().limit(limit).map(this::parent).toList();
  }

  /** From the parent that should be done last to what it waits for in the end. */
  List<Parent> critical(Task task) {
    List<Parent> chain = new ArrayList<>();
    int node = task.node();
    while (waits(node) && chain.size() < MOST_SHOWN) {
      node = ordered(node).getFirst();
      if (!finishes.containsKey(node)) {
        return List.of();
      }
      chain.add(parent(node));
    }
    return chain;
  }

  private List<Integer> ordered(int node) {
    Map<Integer, Double> there = new HashMap<>();
    for (int i = 0; i < job.graph().parentCount(node); i++) {
      int parent = job.graph().parent(node, i);
      if (!done(parent)) {
        double finish = finishes.getOrDefault(parent, UNKNOWN);
        there.put(parent, finish + job.graph().parentTransferSeconds(node, i));
      }
    }
    return there.keySet().stream()
        .sorted(
            Comparator.<Integer>comparingDouble(parent -> there.getOrDefault(parent, UNKNOWN))
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private Parent parent(int node) {
    double finish = finishes.getOrDefault(node, UNKNOWN);
    OptionalDouble finishesAt =
        finish == UNKNOWN ? OptionalDouble.empty() : OptionalDouble.of(finish);
    Task task = job.task(node);
    if (task == null) {
      return new Parent(
          job.nameOf(node), Parent.Stage.UNDESCRIBED, Optional.empty(), OptionalDouble.empty());
    }
    return new Parent(task.id(), stage(task), device(task), finishesAt);
  }

  private static Parent.Stage stage(Task task) {
    return switch (task.state()) {
      case TaskState.Waiting waiting -> Parent.Stage.WAITING;
      case TaskState.Linked linked -> Parent.Stage.LINKED;
      case TaskState.Ready ready -> Parent.Stage.READY;
      case TaskState.BackingOff backingOff -> Parent.Stage.BACKING_OFF;
      case TaskState.Offered offered -> Parent.Stage.OFFERED;
      case TaskState.Running running -> Parent.Stage.RUNNING;
      case TaskState.Succeeded done -> throw new IllegalStateException(task + " is done");
      case TaskState.Failed gaveUp -> throw new IllegalStateException(task + " ended its job");
    };
  }

  private static Optional<String> device(Task task) {
    return switch (task.state()) {
      case TaskState.Linked linked -> Optional.of(linked.device());
      case TaskState.Offered offered -> Optional.of(offered.device());
      case TaskState.Running running -> Optional.of(running.device());
      default -> Optional.empty();
    };
  }

  private double finish(int node) {
    Task task = job.task(node);
    if (task == null) {
      return UNKNOWN;
    }
    return switch (task.state()) {
      case TaskState.Succeeded done -> done.finishedAt();
      case TaskState.Failed gaveUp -> UNKNOWN;
      case TaskState.Offered offered -> onDevice(task);
      case TaskState.Running running -> onDevice(task);
      case TaskState.Ready ready -> now + Estimates.fastest(state, task);
      case TaskState.BackingOff waits -> waits.until() + Estimates.fastest(state, task);
      case TaskState.Waiting waiting -> start(node) + Estimates.fastest(state, task);
      case TaskState.Linked linked -> start(node) + linked.predictedSeconds();
    };
  }

  /** When the first of its live attempts should be over. */
  private double onDevice(Task task) {
    double first = UNKNOWN;
    for (TaskState.Placed live : task.placed()) {
      Device device = state.fleet.device(live.device());
      Occupant occupant = device == null ? null : device.occupant(task);
      first = occupant == null ? first : Math.min(first, occupant.endsAt(now));
    }
    return first;
  }

  private double start(int node) {
    double start = now;
    for (int i = 0; i < job.graph().parentCount(node); i++) {
      int parent = job.graph().parent(node, i);
      if (!done(parent)) {
        double finish = finishes.getOrDefault(parent, UNKNOWN);
        start = Math.max(start, finish + job.graph().parentTransferSeconds(node, i));
      }
    }
    return start;
  }

  private List<Integer> unfinishedParents(int node) {
    List<Integer> parents = new ArrayList<>();
    edges += job.graph().parentCount(node);
    for (int i = 0; i < job.graph().parentCount(node); i++) {
      int parent = job.graph().parent(node, i);
      if (!done(parent)) {
        parents.add(parent);
      }
    }
    return parents;
  }

  private boolean waits(int node) {
    Task task = job.task(node);
    return task != null && task.pendingParents() > 0;
  }

  private boolean done(int node) {
    Task task = job.task(node);
    return task != null && task.state() instanceof TaskState.Succeeded;
  }
}
