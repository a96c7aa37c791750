package io.signalbox.core.plan;

/** Finds the n-th largest of many numbers without sorting them. */
final class Largest {
  private Largest() {}

  /**
   * The n-th largest: a heap of the n largest so far has it on top. Numbers that come later rarely
   * belong into it, so this is little more than a comparison for each.
   *
   * @param values none of them NaN
   * @param n 1 to the number of values
   */
  static double of(double[] values, int n) {
    double[] heap = new double[n];
    System.arraycopy(values, 0, heap, 0, n);
    for (int i = n / 2 - 1; i >= 0; i--) {
      siftDown(heap, i);
    }
    for (int i = n; i < values.length; i++) {
      if (values[i] > heap[0]) {
        heap[0] = values[i];
        siftDown(heap, 0);
      }
    }
    return heap[0];
  }

  /** The least comes to the top. */
  private static void siftDown(double[] heap, int from) {
    double value = heap[from];
    int at = from;
    for (int child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
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
