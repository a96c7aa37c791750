package io.signalbox.core.plan;

import java.util.Arrays;

/** What one processor does when: runs that don't overlap, sorted, with gaps that can be filled. */
final class Timeline {
  private double[] starts = new double[8];
  private double[] finishes = new double[8];
  private int count;

  /** The earliest start of a run of this length that isn't before the given time. */
  double earliestStart(double ready, double length) {
    double start = ready;
    for (int i = firstEndingAfter(ready); i < count; i++) {
      if (start + length <= starts[i]) {
        return start;
      }
      start = Math.max(start, finishes[i]);
    }
    return start;
  }

  private int firstEndingAfter(double time) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (finishes[middle] <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  void add(double start, double finish) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      finishes = Arrays.copyOf(finishes, count * 2);
    }
    int at = count;
    while (at > 0 && starts[at - 1] > start) {
      starts[at] = starts[at - 1];
      finishes[at] = finishes[at - 1];
      at--;
    }
    starts[at] = start;
    finishes[at] = finish;
    count++;
  }
}
