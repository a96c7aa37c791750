package io.signalbox.core.agenda;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen when: the earliest first, and of what happens at the same time what was set
 * first. A binary heap over arrays, since an object per entry would have to be read at each level.
 * Not thread-safe.
 *
 * @param <T> what happens
 */
public final class Agenda<T> {
  private double[] times = new double[8];
  private long[] sequences = new long[8];
  private @Nullable Object[] items = new Object[8];
  private int size;
  private long sequence;

  public boolean isEmpty() {
    return size == 0;
  }

  public int size() {
    return size;
  }

  /** Sets something for a time, in seconds since whatever the caller counts from; not NaN. */
  public void add(double at, T item) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      sequences = Arrays.copyOf(sequences, 2 * size);
      items = Arrays.copyOf(items, 2 * size);
    }
    siftUp(size++, at, ++sequence, item);
  }

  /** When the next thing happens; infinity when there is none. */
  public double nextAt() {
    return size == 0 ? Double.POSITIVE_INFINITY : times[0];
  }

  /**
   * What happens next.
   *
   * @throws NoSuchElementException when there is nothing
   */
  public T next() {
    return item(0);
  }

  /**
   * Takes out what happens next.
   *
   * @throws NoSuchElementException when there is nothing
   */
  public T remove() {
    T first = item(0);
    size--;
    double at = times[size];
    long number = sequences[size];
    Object last = items[size];
    items[size] = null;
    if (size > 0) {
      siftDown(0, at, number, last);
    }
    return first;
  }

  /** Takes out all that no longer matters; the order of the rest stays. Takes linear time. */
  public void removeIf(Predicate<? super T> over) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (!over.test(item(i))) {
        put(kept++, times[i], sequences[i], items[i]);
      }
    }
    Arrays.fill(items, kept, size, null);
    size = kept;
    for (int i = size / 2 - 1; i >= 0; i--) {
      siftDown(i, times[i], sequences[i], items[i]);
    }
  }

  @SuppressWarnings("unchecked") // only add puts something in
  private T item(int at) {
    Object item = at < size ? items[at] : null;
    if (item == null) {
      throw new NoSuchElementException();
    }
    return (T) item;
  }

  private void put(int at, double time, long number, @Nullable Object item) {
    times[at] = time;
    sequences[at] = number;
    items[at] = item;
  }

  private boolean isBefore(int at, double time, long number) {
    return times[at] < time || (times[at] == time && sequences[at] < number);
  }

  private void siftUp(int from, double time, long number, @Nullable Object item) {
    int at = from;
    while (at > 0 && !isBefore((at - 1) / 2, time, number)) {
      int above = (at - 1) / 2;
      put(at, times[above], sequences[above], items[above]);
      at = above;
    }
    put(at, time, number, item);
  }

  private void siftDown(int from, double time, long number, @Nullable Object item) {
    int at = from;
    for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && isBefore(child + 1, times[child], sequences[child])) {
        child++;
      }
      if (!isBefore(child, time, number)) {
        break;
      }
      put(at, times[child], sequences[child], items[child]);
      at = child;
    }
    put(at, time, number, item);
  }
}
