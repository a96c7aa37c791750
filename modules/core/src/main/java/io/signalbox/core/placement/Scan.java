package io.signalbox.core.placement;

import io.signalbox.core.job.Task;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the ready tasks, the first in order first, over all groups at once. Groups that
 * nothing can be done for are left behind whole.
 */
final class Scan implements AutoCloseable {
  private final ReadyTasks ready;
  private final PriorityQueue<Cursor> cursors = new PriorityQueue<>();
  private @Nullable Cursor current;

  Scan(ReadyTasks ready) {
    this.ready = ready;
    for (ReadyTasks.Group group : ready.groups()) {
      Iterator<Task> tasks = group.tasks().iterator();
      if (tasks.hasNext()) {
        cursors.add(new Cursor(group, tasks, tasks.next()));
      }
    }
  }

  /**
   * The next task, or null at the end.
   *
   * @param servable whether anything can be done for tasks that may run on these classes; once it
   *     can't, it isn't asked again
   */
  @Nullable Task next(Predicate<List<String>> servable) {
    if (current != null && current.advance()) {
      cursors.add(current);
    }
    current = null;
    while (!cursors.isEmpty()) {
      Cursor cursor = cursors.remove();
      if (!servable.test(cursor.group.classes())) {
        continue;
      }
      if (!cursor.task.job().ended()) {
        current = cursor;
        return cursor.task;
      }
      cursor.tasks.remove();
      if (cursor.advance()) {
        cursors.add(cursor);
      }
    }
    return null;
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
    private final Iterator<Task> tasks;
    private Task task;
    // Of the task, which is far away in memory.
    private double priority;
    private long sequence;

    private Cursor(ReadyTasks.Group group, Iterator<Task> tasks, Task first) {
      this.group = group;
      this.tasks = tasks;
      this.task = first;
      reach(first);
    }

    private void reach(Task next) {
      task = next;
      priority = next.priority();
      sequence = next.readySequence();
    }

    /** As {@link ReadyTasks#ORDER} does. */
    @Override
    public int compareTo(Cursor other) {
      int byPriority = Double.compare(other.priority, priority);
      return byPriority != 0 ? byPriority : Long.compare(sequence, other.sequence);
    }

    private boolean advance() {
      if (!tasks.hasNext()) {
        return false;
      }
      reach(tasks.next());
      return true;
    }
  }
}
