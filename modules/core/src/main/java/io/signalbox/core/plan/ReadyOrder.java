package io.signalbox.core.plan;

import java.util.function.IntConsumer;

/** Visits tasks parents first, always the ready one of highest rank; among equals the first. */
final class ReadyOrder {
  private final double[] rank;
  // The ready tasks as a binary heap.
  private final int[] ready;
  private int size;

  private ReadyOrder(double[] rank) {
    this.rank = rank;
    this.ready = new int[rank.length];
  }

  static void visit(StaticProblem problem, StaticGraph graph, double[] rank, IntConsumer visit) {
    ReadyOrder order = new ReadyOrder(rank);
    int[] waitsFor = new int[problem.taskCount()];
    for (int task = 0; task < waitsFor.length; task++) {
      waitsFor[task] = problem.parents()[task].length;
      if (waitsFor[task] == 0) {
        order.add(task);
      }
    }
    while (order.size > 0) {
      int task = order.remove();
      visit.accept(task);
      for (int child : graph.children[task]) {
        if (--waitsFor[child] == 0) {
          order.add(child);
        }
      }
    }
  }

  private boolean comesFirst(int task, int other) {
    return rank[task] > rank[other] || (rank[task] == rank[other] && task < other);
  }

  private void add(int task) {
    int at = size++;
    while (at > 0 && comesFirst(task, ready[(at - 1) / 2])) {
      ready[at] = ready[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    ready[at] = task;
  }

  private int remove() {
    int first = ready[0];
    int moved = ready[--size];
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && comesFirst(ready[child + 1], ready[child])) {
        child++;
      }
      if (!comesFirst(ready[child], moved)) {
        break;
      }
      ready[at] = ready[child];
      at = child;
    }
    ready[at] = moved;
    return first;
  }
}
