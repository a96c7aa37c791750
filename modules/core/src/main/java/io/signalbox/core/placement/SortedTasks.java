package io.signalbox.core.placement;

import io.signalbox.core.job.Task;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link OrderedTasks} that is kept in order. Keys lie in blocks of sorted arrays, and
 * the blocks are found by the least that each may hold: a search among 100,000 tasks reads a few
 * lines of memory, where a tree reads two objects at each of its levels.
 */
final class SortedTasks {
  private static final int MOST = 64;
  private static final int FIRST_CAPACITY = 8;

  /** A block with fewer tasks is joined with the one behind it, if both leave room for more. */
  private static final int FEW = MOST / 4;

  private static final int MOST_JOINED = MOST / 2;

  /** Tasks in their order, with what they are ordered by. */
  private static final class Block {
    private double[] keys = new double[FIRST_CAPACITY];
    private long[] sequences = new long[FIRST_CAPACITY];
    private @Nullable Task[] tasks = new Task[FIRST_CAPACITY];
    private int size;

    private void insert(int at, double key, long sequence, Task task) {
      if (size == keys.length) {
        grow(2 * size);
      }
      System.arraycopy(keys, at, keys, at + 1, size - at);
      System.arraycopy(sequences, at, sequences, at + 1, size - at);
      System.arraycopy(tasks, at, tasks, at + 1, size - at);
      keys[at] = key;
      sequences[at] = sequence;
      tasks[at] = task;
      size++;
    }

    private void remove(int at) {
      size--;
      System.arraycopy(keys, at + 1, keys, at, size - at);
      System.arraycopy(sequences, at + 1, sequences, at, size - at);
      System.arraycopy(tasks, at + 1, tasks, at, size - at);
      tasks[size] = null;
    }

    /** Moves the tasks from a place on to the end of another block. */
    private void moveTo(Block other, int from) {
      int moved = size - from;
      if (other.size + moved > other.keys.length) {
        other.grow(MOST);
      }
      System.arraycopy(keys, from, other.keys, other.size, moved);
      System.arraycopy(sequences, from, other.sequences, other.size, moved);
      System.arraycopy(tasks, from, other.tasks, other.size, moved);
      Arrays.fill(tasks, from, size, null);
      other.size += moved;
      size = from;
    }

    private void grow(int capacity) {
      keys = Arrays.copyOf(keys, capacity);
      sequences = Arrays.copyOf(sequences, capacity);
      tasks = Arrays.copyOf(tasks, capacity);
    }

    /** The first place whose task doesn't come before a key and sequence. */
    private int find(double key, long sequence) {
      int low = 0;
      int high = size;
      while (low < high) {
        int middle = (low + high) >>> 1;
        // Sequences lie elsewhere in memory, and seldom decide.
        double other = keys[middle];
        if (other > key || (other == key && sequences[middle] < sequence)) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    private boolean holds(int at, double key, long sequence) {
      return at < size && keys[at] == key && sequences[at] == sequence;
    }
  }

  private Block[] blocks = {new Block()};
  // What each block's tasks don't come before; the first block's is never asked.
  private double[] leastKeys = new double[1];
  private long[] leastSequences = new long[1];
  private int count = 1;
  private int size;
  private int changes;

  int size() {
    return size;
  }

  /** Adds a task that isn't in, by its place in the queue, which is given for it is at hand. */
  void add(Task task, double key, long sequence) {
    int at = blockOf(key, sequence);
    int within = blocks[at].find(key, sequence);
    if (blocks[at].size == MOST) {
      // Those that come last need not leave half-full blocks behind.
      int keep = at == count - 1 && within == MOST ? MOST : MOST / 2;
      split(at, keep, key, sequence);
      if (within > keep || keep == MOST) {
        at++;
        within -= keep;
      }
    }
    blocks[at].insert(within, key, sequence, task);
    size++;
    changes++;
  }

  /** Takes a task out; false when it isn't in. */
  boolean remove(Task task) {
    double key = task.priority();
    long sequence = task.readySequence();
    int at = blockOf(key, sequence);
    int within = blocks[at].find(key, sequence);
    if (!blocks[at].holds(within, key, sequence) || blocks[at].tasks[within] != task) {
      return false;
    }
    remove(at, within);
    return true;
  }

  private void remove(int at, int within) {
    blocks[at].remove(within);
    size--;
    changes++;
    if (blocks[at].size < FEW) {
      join(at);
    }
  }

  boolean contains(Task task) {
    Block block = blocks[blockOf(task.priority(), task.readySequence())];
    int within = block.find(task.priority(), task.readySequence());
    return block.holds(within, task.priority(), task.readySequence())
        && block.tasks[within] == task;
  }

  /** The last block that may hold a key and sequence. */
  private int blockOf(double key, long sequence) {
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      double least = leastKeys[middle];
      if (least > key || (least == key && leastSequences[middle] <= sequence)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Keeps so many tasks in a full block; the rest, or a key that is to come, begins a new one. */
  private void split(int at, int keep, double key, long sequence) {
    if (count == blocks.length) {
      blocks = Arrays.copyOf(blocks, 2 * count);
      leastKeys = Arrays.copyOf(leastKeys, 2 * count);
      leastSequences = Arrays.copyOf(leastSequences, 2 * count);
    }
    move(at + 1, at + 2, count - at - 1);
    count++;
    Block full = blocks[at];
    leastKeys[at + 1] = keep < MOST ? full.keys[keep] : key;
    leastSequences[at + 1] = keep < MOST ? full.sequences[keep] : sequence;
    blocks[at + 1] = new Block();
    full.moveTo(blocks[at + 1], keep);
  }

  /** Joins a block of few tasks with the one behind it, or else with the one before it. */
  private void join(int at) {
    if (at + 1 < count && fits(at)) {
      joinNext(at);
    } else if (at > 0 && fits(at - 1)) {
      joinNext(at - 1);
    }
  }

  private boolean fits(int at) {
    int both = blocks[at].size + blocks[at + 1].size;
    return both <= MOST_JOINED || blocks[at].size == 0 || blocks[at + 1].size == 0;
  }

  private void joinNext(int at) {
    blocks[at + 1].moveTo(blocks[at], 0);
    move(at + 2, at + 1, count - at - 2);
    count--;
    blocks[count] = blocks[0];
  }

  private void move(int from, int to, int moved) {
    System.arraycopy(blocks, from, blocks, to, moved);
    System.arraycopy(leastKeys, from, leastKeys, to, moved);
    System.arraycopy(leastSequences, from, leastSequences, to, moved);
  }

  /**
   * Moves the tasks from about a place on to those that aren't sorted.
   *
   * @param keep how many stay, up to a block's more; fewer than there are by more than a block
   */
  void cut(int keep, UnsortedTasks rest) {
    int kept = 0;
    int at = 0;
    while (kept < keep) {
      kept += blocks[at++].size;
    }
    rest.bound(leastKeys[at], leastSequences[at]);
    for (int i = at; i < count; i++) {
      Block block = blocks[i];
      for (int k = 0; k < block.size; k++) {
        rest.add(Objects.requireNonNull(block.tasks[k]), block.keys[k], block.sequences[k]);
      }
    }
    Arrays.fill(blocks, at, blocks.length, blocks[0]);
    count = at;
    size = kept;
    changes++;
  }

  /** A walk from the first task on. */
  Walk walk() {
    return new Walk();
  }

  /** A walk over the tasks in their order; the set may change meanwhile. */
  final class Walk {
    private int block;
    private int next;
    private int seen = changes;
    private @Nullable Task last;
    private double lastKey;
    private long lastSequence;

    private Walk() {}

    /** The key of the task that was given last: the task is far away in memory. */
    double key() {
      return lastKey;
    }

    /** The sequence of the task that was given last. */
    long sequence() {
      return lastSequence;
    }

    /**
     * The task that was given last.
     *
     * @throws IllegalStateException when none was
     */
    Task last() {
      if (last == null) {
        throw new IllegalStateException("the walk hasn't begun");
      }
      return last;
    }

    boolean hasNext() {
      if (seen != changes) {
        goBehindLast();
      }
      seen = changes;
      while (block < count && next >= blocks[block].size) {
        block++;
        next = 0;
      }
      return block < count;
    }

    private void goBehindLast() {
      block = last == null ? 0 : blockOf(lastKey, lastSequence);
      next = last == null ? 0 : blocks[block].find(lastKey, lastSequence);
      next += last != null && blocks[block].holds(next, lastKey, lastSequence) ? 1 : 0;
    }

    Task next() {
      Task task = hasNext() ? blocks[block].tasks[next] : null;
      if (task == null) {
        throw new NoSuchElementException();
      }
      lastKey = blocks[block].keys[next];
      lastSequence = blocks[block].sequences[next++];
      last = task;
      return task;
    }

    /** Takes the task out that was given last; false when it isn't where it was. */
    boolean remove() {
      boolean stands = last != null && seen == changes;
      if (stands) {
        SortedTasks.this.remove(block, next - 1);
      }
      return stands;
    }
  }
}
