package io.signalbox.core.placement;

import io.signalbox.core.job.Task;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Queued tasks, the largest key first, then the one that has waited longest. Only those that come
 * first are kept in order, and the others lie behind them in none (as in the lazy queue of
 * Rönngren, Riboe and Ayani 1991): where 100,000 tasks wait, most get other keys many times before
 * they are anywhere near the front, and none of it moves anything. They are sorted in lots when a
 * walk comes to them.
 *
 * <p>A walk goes on behind the task that it gave last, whatever has come or gone meanwhile.
 */
final class OrderedTasks implements Iterable<Task> {
  private static final int MOST_SORTED = 4_096;

  /** Of many, that part of the others may be sorted as well. */
  private static final int SORTED_PART = 4;

  private final int mostSorted;
  private final SortedTasks sorted = new SortedTasks();
  private final UnsortedTasks rest = new UnsortedTasks();

  OrderedTasks() {
    this(MOST_SORTED);
  }

  /** Where so many may be sorted while there are no others. */
  OrderedTasks(int mostSorted) {
    this.mostSorted = mostSorted;
  }

  int size() {
    return sorted.size() + rest.size();
  }

  boolean isEmpty() {
    return size() == 0;
  }

  /** Adds a task that isn't in, by its place in the queue. */
  void add(Task task) {
    double key = task.priority();
    long sequence = task.readySequence();
    if (rest.takes(key, sequence)) {
      rest.add(task, key, sequence);
      return;
    }
    sorted.add(task, key, sequence);
    if (sorted.size() > Math.max(mostSorted, rest.size() / SORTED_PART)) {
      sorted.cut(sorted.size() / 2, rest);
    }
  }

  /** Takes a task out; false when it isn't in. */
  boolean remove(Task task) {
    if (rest.contains(task)) {
      rest.remove(task);
      return true;
    }
    return sorted.remove(task);
  }

  /** Gives a task another place in the queue; false, and nothing happens, when it isn't in. */
  boolean move(Task task, double key, long sequence) {
    if (rest.contains(task) && rest.takes(key, sequence)) {
      rest.change(task, key, sequence);
      task.queueAs(key, sequence);
      return true;
    }
    boolean isIn = remove(task);
    if (isIn) {
      task.queueAs(key, sequence);
      add(task);
    }
    return isIn;
  }

  boolean contains(Task task) {
    return rest.contains(task) || sorted.contains(task);
  }

  /** The tasks in their order; the set may change meanwhile. */
  @Override
  public Iterator<Task> iterator() {
    return walk();
  }

  /** The same walk, which can say what tasks are ordered by. */
  Walk walk() {
    return new Walk();
  }

  /** A walk over the tasks in their order; the set may change meanwhile. */
  final class Walk implements Iterator<Task> {
    private final SortedTasks.Walk walk = sorted.walk();

    private Walk() {}

    /** The key of the task that was given last: the task is far away in memory. */
    double key() {
      return walk.key();
    }

    /** The sequence of the task that was given last. */
    long sequence() {
      return walk.sequence();
    }

    @Override
    public boolean hasNext() {
      while (!walk.hasNext()) {
        if (rest.isEmpty()) {
          return false;
        }
        rest.moveFirstTo(sorted);
      }
      return true;
    }

    @Override
    public Task next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return walk.next();
    }

    @Override
    public void remove() {
      if (!walk.remove() && !OrderedTasks.this.remove(walk.last())) {
        throw new IllegalStateException("there is no task to remove");
      }
    }
  }
}
