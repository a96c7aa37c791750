package io.signalbox.core.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** How long it takes at least from the start to each task and from each task to the end. */
final class Levels {
  private static final int THRESHOLDS = 10;
  private static final int REFINED = 4;
  private static final int REFINING_STEPS = 60;

  private final double[] head;
  private final double[] tail;
  private final double criticalPathSeconds;

  private Levels(double[] head, double[] tail, double criticalPathSeconds) {
    this.head = head;
    this.tail = tail;
    this.criticalPathSeconds = criticalPathSeconds;
  }

  static Levels of(double[][] seconds, int[] slots, int[][] parents) {
    int[] order = topologicalOrder(parents);
    double[] fastest = new double[seconds.length];
    Arrays.setAll(fastest, task -> fastest(seconds[task], slots));
    double[] head = new double[order.length];
    double[] tail = new double[order.length];
    double longest = 0;
    for (int task : order) {
      for (int parent : parents[task]) {
        head[task] = Math.max(head[task], head[parent] + fastest[parent]);
      }
      longest = Math.max(longest, head[task] + fastest[task]);
    }
    for (int i = order.length - 1; i >= 0; i--) {
      int task = order[i];
      for (int parent : parents[task]) {
        tail[parent] = Math.max(tail[parent], tail[task] + fastest[task]);
      }
    }
    return new Levels(head, tail, longest);
  }

  private static double fastest(double[] row, int[] slots) {
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < row.length; k++) {
      least = slots[k] > 0 ? Math.min(least, row[k]) : least;
    }
    return least;
  }

  private static int[] topologicalOrder(int[][] parents) {
    int[] childCount = new int[parents.length];
    for (int[] row : parents) {
      for (int parent : row) {
        childCount[parent]++;
      }
    }
    int[] order = new int[parents.length];
    int at = parents.length;
    for (int task = 0; task < parents.length; task++) {
      if (childCount[task] == 0) {
        order[--at] = task;
      }
    }
    for (int next = parents.length - 1; next >= at; next--) {
      for (int parent : parents[order[next]]) {
        if (--childCount[parent] == 0) {
          order[--at] = parent;
        }
      }
    }
    for (int task = 0; task < parents.length && at > 0; task++) {
      if (childCount[task] > 0) {
        throw new IllegalArgumentException("task " + task + " is on or before a cycle");
      }
    }
    return order;
  }

  double criticalPathSeconds() {
    return criticalPathSeconds;
  }

  /** A pair of thresholds, and the bound they give at the prices that are best for all tasks. */
  private record Window(double head, double tail, int[] members, double bound) {}

  /** The level bound: the pairs of thresholds that look best are given prices of their own. */
  double bound(double[][] seconds, int[] slots, AreaBound area) {
    List<Window> windows = new ArrayList<>();
    for (double from : thresholds(head)) {
      for (double to : thresholds(tail)) {
        int[] members = members(from, to);
        if (members.length > 0) {
          double inside = new AreaBound(seconds, slots, area).improve(members, 1);
          windows.add(new Window(from, to, members, from + inside + to));
        }
      }
    }
    windows.sort(Comparator.comparingDouble(Window::bound).reversed());
    double best = 0;
    for (Window window : windows.subList(0, Math.min(REFINED, windows.size()))) {
      double inside = new AreaBound(seconds, slots, area).improve(window.members(), REFINING_STEPS);
      best = Math.max(best, window.head() + inside + window.tail());
    }
    return best;
  }

  private static double[] thresholds(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] chosen = new double[THRESHOLDS];
    Arrays.setAll(chosen, i -> sorted[(int) ((sorted.length - 1L) * i / (THRESHOLDS - 1))]);
    return Arrays.stream(chosen).distinct().toArray();
  }

  private int[] members(double from, double to) {
    int[] members = new int[head.length];
    int count = 0;
    for (int task = 0; task < head.length; task++) {
      if (head[task] >= from && tail[task] >= to) {
        members[count++] = task;
      }
    }
    return Arrays.copyOf(members, count);
  }
}
