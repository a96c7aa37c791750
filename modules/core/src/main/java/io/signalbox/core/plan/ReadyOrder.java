package io.signalbox.core.plan;

import java.util.PriorityQueue;
import java.util.function.IntConsumer;

/** Visits tasks parents first, always the ready one of highest rank; among equals the first. */
final class ReadyOrder {
  private ReadyOrder() {}

  private record Ready(double rank, int task) implements Comparable<Ready> {
    @Override
    public int compareTo(Ready other) {
      int byRank = Double.compare(other.rank, rank);
      return byRank != 0 ? byRank : Integer.compare(task, other.task);
    }
  }

  static void visit(StaticProblem problem, StaticGraph graph, double[] rank, IntConsumer visit) {
    int[] waitsFor = new int[problem.taskCount()];
    PriorityQueue<Ready> ready = new PriorityQueue<>();
    for (int task = 0; task < waitsFor.length; task++) {
      waitsFor[task] = problem.parents()[task].length;
      if (waitsFor[task] == 0) {
        ready.add(new Ready(rank[task], task));
      }
    }
    while (!ready.isEmpty()) {
      int task = ready.remove().task();
      visit.accept(task);
      for (int child : graph.children[task]) {
        if (--waitsFor[child] == 0) {
          ready.add(new Ready(rank[child], child));
        }
      }
    }
  }
}
