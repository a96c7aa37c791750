package io.signalbox.core.plan;

import java.util.Arrays;

/**
 * What one processor does when: busy stretches that neither overlap nor touch, sorted, with gaps
 * between them that can be filled. A run that touches a stretch becomes part of it, so the search
 * for a gap passes over gaps only, and a processor that is busy all the time has one stretch.
 */
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
    int at = firstEndingAfter(start);
    boolean touchesBefore = at > 0 && finishes[at - 1] == start;
    boolean touchesBehind = at < count && starts[at] == finish;
    if (touchesBefore && touchesBehind) {
      finishes[at - 1] = finishes[at];
      remove(at);
    } else if (touchesBefore) {
      finishes[at - 1] = finish;
    } else if (touchesBehind) {
      starts[at] = start;
    } else {
      insert(at, start, finish);
    }
  }

  private void insert(int at, double start, double finish) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      finishes = Arrays.copyOf(finishes, count * 2);
    }
    System.arraycopy(starts, at, starts, at + 1, count - at);
    System.arraycopy(finishes, at, finishes, at + 1, count - at);
    starts[at] = start;
    finishes[at] = finish;
    count++;
  }

  private void remove(int at) {
    count--;
    System.arraycopy(starts, at + 1, starts, at, count - at);
    System.arraycopy(finishes, at + 1, finishes, at, count - at);
  }
}
