package io.signalbox.core.placement;

import io.signalbox.core.job.Task;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the ready tasks, the first in order first, over all groups at once. Groups that
 * nothing can be done for are left behind whole.
 */
final class Scan implements AutoCloseable {
  private final ReadyTasks ready;
  private final PriorityQueue<Cursor> cursors;
  private @Nullable Cursor current;

  Scan(ReadyTasks ready) {
    this.ready = ready;
    this.cursors = new PriorityQueue<>(Math.max(1, ready.groups().size()));
    for (ReadyTasks.Group group : ready.groups()) {
      OrderedTasks.Walk tasks = group.tasks().walk();
      if (tasks.hasNext()) {
        cursors.add(new Cursor(group, tasks, tasks.next()));
      }
    }
  }

  /**
   * The next task, or null at the end.
   *
   * @param servable whether anything can be done for the tasks of a group; once it can't, it isn't
   *     asked again
   */
  @Nullable Task next(Predicate<ReadyTasks.Group> servable) {
    Cursor cursor = further(current);
    while (cursor != null) {
      if (!servable.test(cursor.group)) {
        cursor = cursors.poll();
      } else if (cursor.task.job().ended()) {
        cursor.tasks.remove();
        cursor = further(cursor);
      } else {
        break;
      }
    }
    current = cursor;
    return cursor == null ? null : cursor.task;
  }

  /** The first of all places, a given one being moved on; null at the end. */
  private @Nullable Cursor further(@Nullable Cursor moved) {
    if (moved == null || !moved.advance()) {
      return cursors.poll();
    }
    Cursor first = cursors.peek();
    if (first == null || moved.compareTo(first) < 0) {
      return moved;
    }
    cursors.add(moved);
    return cursors.poll();
  }

  /** Takes the task that {@link #next} gave last out of the queue. */
  void drop() {
    if (current == null) {
      throw new IllegalStateException("there is no task to drop");
    }
    current.tasks.remove();
  }

  @Override
  public void close() {
    ready.prune();
  }

  /** The place reached in one group. */
  private static final class Cursor implements Comparable<Cursor> {
    private final ReadyTasks.Group group;
    private final OrderedTasks.Walk tasks;
    private Task task;

    private Cursor(ReadyTasks.Group group, OrderedTasks.Walk tasks, Task first) {
      this.group = group;
      this.tasks = tasks;
      this.task = first;
    }

    /** As {@link ReadyTasks#ORDER} does. */
    @Override
    public int compareTo(Cursor other) {
      int byPriority = Double.compare(other.tasks.key(), tasks.key());
      return byPriority != 0 ? byPriority : Long.compare(tasks.sequence(), other.tasks.sequence());
    }

    private boolean advance() {
      if (!tasks.hasNext()) {
        return false;
      }
      task = tasks.next();
      return true;
    }
  }
}
