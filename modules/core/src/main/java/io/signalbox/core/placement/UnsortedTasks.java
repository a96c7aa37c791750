package io.signalbox.core.placement;

import io.signalbox.core.job.Task;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link OrderedTasks} that lies in no order, behind a bound. Each task knows its
 * place, so that one gets another key where it is: two numbers are written, and nothing is moved.
 */
final class UnsortedTasks {
  private static final int FIRST_CAPACITY = 64;

  /** Of so many, spread over all, is found where the first ones end. */
  private static final int SAMPLE = 256;

  /** That part of them is taken at once, or all when they are few. */
  private static final int TAKEN = 8;

  private static final int FEW = 2 * SAMPLE;

  private double[] keys = {};
  private long[] sequences = {};
  private @Nullable Task[] tasks = {};
  private int size;
  private double boundKey;
  private long boundSequence;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** From now on, nothing is in that comes before this. */
  void bound(double key, long sequence) {
    boundKey = key;
    boundSequence = sequence;
  }

  /** True where a key and sequence belong here: there are others, and they don't come before. */
  boolean takes(double key, long sequence) {
    return size > 0 && !comesBefore(key, sequence, boundKey, boundSequence);
  }

  private static boolean comesBefore(double key, long sequence, double other, long otherSequence) {
    return key > other || (key == other && sequence < otherSequence);
  }

  /** Adds a task that isn't in and belongs here. */
  void add(Task task, double key, long sequence) {
    if (size == keys.length) {
      resize(Math.max(FIRST_CAPACITY, size + (size >> 1)));
    }
    put(size++, task, key, sequence);
  }

  private void put(int at, Task task, double key, long sequence) {
    keys[at] = key;
    sequences[at] = sequence;
    tasks[at] = task;
    task.queueAt(at);
  }

  boolean contains(Task task) {
    int at = task.queuedAt();
    return at < size && tasks[at] == task;
  }

  /** Gives a task, which is in, a key and sequence that belong here too. */
  void change(Task task, double key, long sequence) {
    keys[task.queuedAt()] = key;
    sequences[task.queuedAt()] = sequence;
  }

  /** Takes a task out, which is in. */
  void remove(Task task) {
    removeAt(task.queuedAt());
  }

  /** The last one takes its place. */
  private void removeAt(int at) {
    size--;
    if (at < size) {
      put(at, Objects.requireNonNull(tasks[size]), keys[size], sequences[size]);
    }
    tasks[size] = null;
    if (size < keys.length / 4 && keys.length > FIRST_CAPACITY) {
      resize(keys.length / 2);
    }
  }

  private void resize(int capacity) {
    keys = Arrays.copyOf(keys, capacity);
    sequences = Arrays.copyOf(sequences, capacity);
    tasks = Arrays.copyOf(tasks, capacity);
  }

  /** Moves the first ones in order, at least one if there is any, to those that are sorted. */
  void moveFirstTo(SortedTasks sorted) {
    boolean all = size <= FEW;
    if (!all) {
      findBound();
    }
    // From the end: whatever takes a place has been looked at.
    for (int i = size - 1; i >= 0; i--) {
      if (all || comesBefore(keys[i], sequences[i], boundKey, boundSequence)) {
        sorted.add(Objects.requireNonNull(tasks[i]), keys[i], sequences[i]);
        removeAt(i);
      }
    }
  }

  /** Sets the bound behind the first ones, by a sample: it need not be exact. */
  private void findBound() {
    int[] sample = new int[SAMPLE];
    for (int i = 0; i < SAMPLE; i++) {
      sample[i] = (int) ((long) i * size / SAMPLE);
    }
    int taken = SAMPLE / TAKEN;
    // The first ones of the sample in order: a selection, since they are few.
    for (int i = 0; i <= taken; i++) {
      int first = i;
      for (int k = i + 1; k < SAMPLE; k++) {
        int other = sample[k];
        int at = sample[first];
        first = comesBefore(keys[other], sequences[other], keys[at], sequences[at]) ? k : first;
      }
      int swapped = sample[i];
      sample[i] = sample[first];
      sample[first] = swapped;
    }
    bound(keys[sample[taken]], sequences[sample[taken]]);
  }
}
