package io.signalbox.core.placement;

import io.signalbox.core.device.Device;
import io.signalbox.core.hotspot.HotOperation;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A placement policy: keeps the tasks that are ready, in whatever order it needs, and decides where
 * and when each starts. One pool owns one; it is not thread-safe and has no clock and no chance of
 * its own, so equal histories give equal decisions.
 */
public interface Placement {
  /** Name of the policy, as settings and decisions show it. */
  String name();

  /** Queues a task that has become ready. */
  void add(Task task);

  /** Takes a task out; nothing happens when it isn't in. */
  void remove(Task task);

  /** True when the task is queued. */
  boolean contains(Task task);

  /**
   * How soon the policy would take a task among those that are ready, as far as a number can say:
   * the larger, the sooner. For predictions; the task need not be queued.
   *
   * @param now seconds since the epoch
   */
  default double urgency(Task task, double now) {
    return task.job().graph().upwardRank(task.node());
  }

  /**
   * Places what can be placed now, and takes it out of the queue. Tasks of ended jobs are dropped
   * when it comes across them.
   *
   * @param now seconds since the epoch
   * @param consumer takes each decision; it must occupy the binding's device before it returns
   */
  void place(double now, Consumer<Binding> consumer);

  /** True when {@link #follow} ever names a place; what never does need not be asked. */
  default boolean links() {
    return false;
  }

  /**
   * Where a task would go whose last input comes to be on a device at a time to come, if it could
   * start there at once; its data is located as it will be then. Policies that bind tasks to the
   * device of their parents by chance alone say null.
   *
   * @param task one that isn't queued yet
   * @param device the device that its last parent runs on
   * @param freeAt when that parent should be done, in seconds since the epoch
   * @param now seconds since the epoch
   * @return the task on that device, or null when it would go elsewhere or has to let a more urgent
   *     one go first
   */
  default @Nullable Binding follow(Task task, Device device, double freeAt, double now) {
    return null;
  }

  /**
   * Why a task that is queued hasn't been placed, as of the last {@link #place}. Changes nothing,
   * and takes time in proportion to queue and fleet: for questions people ask.
   *
   * @param now seconds since the epoch
   */
  QueueState explain(Task task, double now);

  /** New tasks of a job are known, ranked, and not queued yet. */
  default void grown(Job job, int tasks) {}

  /** The rank of a task that is queued may have changed: it goes where it now belongs. */
  default void reranked(Task task) {}

  /** A job has its outcome; none of its tasks is queued any more. */
  default void ended(Job job) {}

  /**
   * A task is done.
   *
   * @param at when, in seconds since the epoch
   */
  default void succeeded(Task task, double at) {}

  /**
   * Leans towards hot operations from now on, and no longer towards others. Policies without a mind
   * of their own do nothing.
   *
   * @param hot each that is hot, by operation and class, in any order
   * @param now seconds since the epoch
   */
  default void lean(Collection<HotOperation> hot, double now) {}

  /** What is done for hot operations, the one with the largest share of the time first. */
  default List<Favour> favours() {
    return List.of();
  }

  /** An attempt of a task failed. */
  default void failed(Task task) {}

  /**
   * A task takes up a device though the policy didn't place it there now: it is charged for it.
   *
   * @param seconds predicted run time
   */
  default void charged(Task task, String deviceClass, double seconds) {}

  /**
   * An attempt has left its device.
   *
   * @param chargedSeconds what was predicted
   * @param seconds what it took, 0 when it never started
   */
  default void settled(Task task, String deviceClass, double chargedSeconds, double seconds) {}
}
