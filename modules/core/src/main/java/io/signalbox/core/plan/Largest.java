package io.signalbox.core.plan;

/**
 * The n largest of many numbers: a heap with the least of them on top. Where numbers come in any
 * order, most of them are only compared with that one.
 */
final class Largest {
  private final double[] heap;
  private int size;

  /** None yet, and never more than n, which is at least 1. */
  Largest(int n) {
    heap = new double[n];
  }

  /** The n-th largest so far; -infinity while there are fewer. */
  double least() {
    return size < heap.length ? Double.NEGATIVE_INFINITY : heap[0];
  }

  /** Adds a number, which isn't NaN. */
  void add(double value) {
    if (size < heap.length) {
      siftUp(size++, value);
    } else if (value > heap[0]) {
      siftDown(value);
    }
  }

  private void siftUp(int from, double value) {
    int at = from;
    while (at > 0 && heap[(at - 1) / 2] > value) {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    heap[at] = value;
  }

  /** Puts a number in the place of the least. */
  private void siftDown(double value) {
    int at = 0;
    for (int child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
        child++;
      }
      if (value <= heap[child]) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = value;
  }
}
