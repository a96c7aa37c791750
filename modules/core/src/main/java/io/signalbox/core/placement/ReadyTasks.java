package io.signalbox.core.placement;

import io.signalbox.core.job.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for a device, by the classes they may run on: a full class then costs nothing to
 * skip and never holds up the others. Within a group the largest key comes first, then the one that
 * has waited longest.
 */
final class ReadyTasks {
  /**
   * Tasks that may run on the same classes and require the same labels.
   *
   * @param classes the classes; empty means any
   * @param required labels that a device must have
   * @param tasks in the order in which they should start
   */
  record Group(List<String> classes, Map<String, String> required, OrderedTasks tasks) {
    /** What it is found by: its classes alone where no label is required, as mostly. */
    private Object key() {
      return ReadyTasks.key(classes, required);
    }
  }

  private record Needs(List<String> classes, Map<String, String> required) {}

  static final Comparator<Task> ORDER = ReadyTasks::compare;

  /** Groups that are looked for by the identity of their classes first. */
  private static final int LISTED = 4;

  private final ToDoubleFunction<Task> key;
  private final Map<Object, Group> groups = new HashMap<>();
  private final List<Group> inOrder = new ArrayList<>();
  private long sequence;

  /** An empty queue; the key of a task is asked for when it comes. */
  ReadyTasks(ToDoubleFunction<Task> key) {
    this.key = key;
  }

  /** A queue by upward rank. */
  static ReadyTasks byRank() {
    return new ReadyTasks(ReadyTasks::rank);
  }

  static double rank(Task task) {
    return task.job().graph().upwardRank(task.node());
  }

  private static int compare(Task left, Task right) {
    int byKey = Double.compare(right.priority(), left.priority());
    return byKey != 0 ? byKey : Long.compare(left.readySequence(), right.readySequence());
  }

  void add(Task task) {
    task.queueAs(key.applyAsDouble(task), ++sequence);
    Group group = groupOf(task);
    if (group == null) {
      group = new Group(task.kind().classes(), task.kind().labels().required(), new OrderedTasks());
      groups.put(group.key(), group);
      inOrder.add(group);
    }
    group.tasks().add(task);
  }

  /** Most tasks share their classes' list, and there are few groups. */
  @SuppressWarnings("ReferenceEquality") // only a short cut
  private @Nullable Group groupOf(Task task) {
    List<String> classes = task.kind().classes();
    Map<String, String> required = task.kind().labels().required();
    for (int i = 0; i < Math.min(LISTED, inOrder.size()); i++) {
      Group group = inOrder.get(i);
      if (group.classes() == classes && group.required() == required) {
        return group;
      }
    }
    return groups.get(key(classes, required));
  }

  private static Object key(List<String> classes, Map<String, String> required) {
    return required.isEmpty() ? classes : new Needs(classes, required);
  }

  /** Takes a task out; nothing happens when it isn't in. */
  void remove(Task task) {
    Group group = groupOf(task);
    if (group != null && group.tasks().remove(task) && group.tasks().isEmpty()) {
      groups.remove(group.key());
      inOrder.remove(group);
    }
  }

  /** Puts a queued task where its key now says, behind its equals. */
  void requeue(Task task) {
    requeue(task, key.applyAsDouble(task));
  }

  /** Puts a queued task where a key says, which is the one it has now. */
  void requeue(Task task, double newKey) {
    Group group = groupOf(task);
    if (group != null && group.tasks().move(task, newKey, sequence + 1)) {
      sequence++;
    }
  }

  boolean contains(Task task) {
    Group group = groupOf(task);
    return group != null && group.tasks().contains(task);
  }

  /**
   * How many tasks come before a queued one and may run on some class that it may run on, counted
   * up to {@link QueueState#MOST_COUNTED}.
   */
  int before(Task task) {
    int count = 0;
    for (Group group : inOrder) {
      if (overlap(group.classes(), task.kind().classes())) {
        count += before(task, group.tasks(), QueueState.MOST_COUNTED - count);
      }
    }
    return count;
  }

  /** How many of the tasks, which are in {@link #ORDER}, come before one, counted up to a limit. */
  static int before(Task task, Iterable<Task> tasks, int limit) {
    int count = 0;
    for (Task other : tasks) {
      if (count == limit || ORDER.compare(other, task) >= 0) {
        break;
      }
      count += other.job().ended() ? 0 : 1;
    }
    return count;
  }

  private static boolean overlap(List<String> left, List<String> right) {
    return left.isEmpty() || right.isEmpty() || !Collections.disjoint(left, right);
  }

  /** True when a queued task with a larger key may run on the class. */
  boolean anyAbove(double limit, String deviceClass) {
    for (Group group : inOrder) {
      if ((group.classes().isEmpty() || group.classes().contains(deviceClass))
          && above(limit, group.tasks())) {
        return true;
      }
    }
    return false;
  }

  private static boolean above(double limit, Iterable<Task> tasks) {
    for (Task task : tasks) {
      if (task.priority() <= limit) {
        return false;
      }
      if (!task.job().ended()) {
        return true;
      }
    }
    return false;
  }

  /** A walk from the first task on; tasks must not be added before it is closed. */
  Scan scan() {
    return new Scan(this);
  }

  Collection<Group> groups() {
    return inOrder;
  }

  /** Forgets groups that have become empty. */
  void prune() {
    if (inOrder.removeIf(group -> group.tasks().isEmpty())) {
      groups.values().removeIf(group -> group.tasks().isEmpty());
    }
  }
}
