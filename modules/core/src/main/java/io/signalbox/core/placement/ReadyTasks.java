package io.signalbox.core.placement;

import io.signalbox.core.job.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Tasks that wait for a device, by the classes they may run on: a full class then costs nothing to
 * skip and never holds up the others. Within a group the highest upward rank comes first, then the
 * one that has waited longest.
 */
public final class ReadyTasks {
  /**
   * Tasks that may run on the same classes.
   *
   * @param classes the classes; empty means any
   * @param tasks in the order in which they should start
   */
  record Group(List<String> classes, TreeSet<Task> tasks) {}

  static final Comparator<Task> ORDER =
      Comparator.comparingDouble(Task::priority).reversed().thenComparingLong(Task::readySequence);

  private final Map<List<String>, Group> groups = new HashMap<>();
  private final List<Group> inOrder = new ArrayList<>();
  private long sequence;

  /** Queues a task by its upward rank. */
  public void add(Task task) {
    task.queueAs(task.job().graph().upwardRank(task.node()), ++sequence);
    Group group = groups.get(task.spec().classes());
    if (group == null) {
      group = new Group(task.spec().classes(), new TreeSet<>(ORDER));
      groups.put(group.classes(), group);
      inOrder.add(group);
    }
    group.tasks().add(task);
  }

  /** Takes a task out; nothing happens when it isn't in. */
  public void remove(Task task) {
    Group group = groups.get(task.spec().classes());
    if (group != null && group.tasks().remove(task) && group.tasks().isEmpty()) {
      groups.remove(group.classes());
      inOrder.remove(group);
    }
  }

  /** How many tasks wait, those of ended jobs that nobody came across yet included. */
  public int size() {
    int size = 0;
    for (Group group : inOrder) {
      size += group.tasks().size();
    }
    return size;
  }

  /** True when the task is queued. */
  public boolean contains(Task task) {
    Group group = groups.get(task.spec().classes());
    return group != null && group.tasks().contains(task);
  }

  Collection<Group> groups() {
    return inOrder;
  }

  /** Forgets groups that have become empty. */
  void prune() {
    inOrder.removeIf(group -> group.tasks().isEmpty());
    groups.values().removeIf(group -> group.tasks().isEmpty());
  }
}
