package io.signalbox.core.placement;

import io.signalbox.core.job.Arrivals;
import io.signalbox.core.job.Task;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's ready tasks, by the class that each is meant for, the most urgent first; and in the
 * order in which they came, so that none is overlooked for ever.
 */
final class TenantQueue {
  private final String tenant;
  private final ToDoubleFunction<Task> urgency;
  private final Map<String, ReadyTasks> byClass = new LinkedHashMap<>();
  private final Arrivals arrivals = new Arrivals();
  private int size;

  TenantQueue(String tenant, ToDoubleFunction<Task> urgency) {
    this.tenant = tenant;
    this.urgency = urgency;
  }

  String tenant() {
    return tenant;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(Task task, String deviceClass) {
    arrivals.add(task);
    enqueue(task, deviceClass);
  }

  private void enqueue(Task task, String deviceClass) {
    task.queueFor(deviceClass);
    size++;
    ReadyTasks queue = byClass.get(deviceClass);
    if (queue == null) {
      queue = new ReadyTasks(urgency);
      byClass.put(deviceClass, queue);
    }
    queue.add(task);
  }

  /** Takes a task out; false when it isn't in. */
  boolean remove(Task task) {
    arrivals.remove(task);
    return dequeue(task);
  }

  private boolean dequeue(Task task) {
    String deviceClass = task.queuedFor();
    ReadyTasks queue = deviceClass == null ? null : byClass.get(deviceClass);
    if (queue == null) {
      return false;
    }
    queue.remove(task);
    leave(task);
    return true;
  }

  /** Nothing happens when it isn't in. */
  private void leave(Task task) {
    if (task.queuedFor() != null) {
      task.queueFor(null);
      size--;
    }
  }

  /** Takes note that a scan has taken the task out of its class's queue. */
  void taken(Task task) {
    arrivals.remove(task);
    leave(task);
  }

  boolean contains(Task task) {
    return task.queuedFor() != null;
  }

  /** The class that a queued task is meant for, or null. */
  @Nullable String classOf(Task task) {
    return task.queuedFor();
  }

  /** Puts a task where its urgency now says. */
  void requeue(Task task, String deviceClass) {
    ReadyTasks queue = byClass.get(deviceClass);
    if (queue != null && deviceClass.equals(task.queuedFor())) {
      queue.requeue(task);
    } else if (dequeue(task)) {
      enqueue(task, deviceClass);
    }
  }

  /** Puts a task where its urgency says, which has been asked for already. */
  void requeue(Task task, String deviceClass, double urgencyNow) {
    ReadyTasks queue = byClass.get(deviceClass);
    if (queue != null && deviceClass.equals(task.queuedFor())) {
      queue.requeue(task, urgencyNow);
    } else {
      requeue(task, deviceClass);
    }
  }

  /** All tasks, in the order in which they came, overdue ones left out. */
  List<Task> waiting() {
    return arrivals.all();
  }

  /** The task that came first and hasn't been declared overdue, or null. */
  @Nullable Task oldest() {
    return arrivals.first();
  }

  /** A task is overdue: it keeps the urgency it gets now. */
  void overdue(Task task) {
    arrivals.remove(task);
  }

  /** True when a task that is more urgent is meant for the class. */
  boolean anyAbove(double urgencyOfOther, String deviceClass) {
    ReadyTasks queue = byClass.get(deviceClass);
    return queue != null && queue.anyAbove(urgencyOfOther, deviceClass);
  }

  /** The classes that tasks are meant for. */
  Collection<Map.Entry<String, ReadyTasks>> queues() {
    return byClass.entrySet();
  }
}
