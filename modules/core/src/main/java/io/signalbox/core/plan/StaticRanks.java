package io.signalbox.core.plan;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** The ranks that static schedulers order tasks by. */
public final class StaticRanks {
  private StaticRanks() {}

  /** Upward ranks with mean run and transfer times (Topcuoglu, Hariri, Wu 2002). */
  public static double[] upward(StaticProblem problem) {
    return upward(problem, new StaticGraph(problem));
  }

  static double[] upward(StaticProblem problem, StaticGraph graph) {
    return upward(problem, graph, problem::meanSeconds);
  }

  /** Upward ranks with a weight of its own for each task, and mean transfer times. */
  static double[] upward(StaticProblem problem, StaticGraph graph, IntToDoubleFunction weight) {
    double[] rank = new double[problem.taskCount()];
    double apart = problem.apartShare();
    for (int at = rank.length - 1; at >= 0; at--) {
      int task = graph.order[at];
      double longest = 0;
      for (int i = 0; i < graph.children[task].length; i++) {
        int child = graph.children[task][i];
        double transfer = problem.transferSeconds()[child][graph.parentIndex[task][i]] * apart;
        longest = Math.max(longest, transfer + rank[child]);
      }
      rank[task] = weight.applyAsDouble(task) + longest;
    }
    return rank;
  }

  /** Downward ranks with mean run and transfer times (ibid.). */
  public static double[] downward(StaticProblem problem) {
    return downward(problem, new StaticGraph(problem), problem::meanSeconds);
  }

  /** Downward ranks with a weight of its own for each task, and mean transfer times. */
  static double[] downward(StaticProblem problem, StaticGraph graph, IntToDoubleFunction weight) {
    double[] rank = new double[problem.taskCount()];
    double apart = problem.apartShare();
    for (int task : graph.order) {
      for (int i = 0; i < problem.parents()[task].length; i++) {
        int parent = problem.parents()[task][i];
        double transfer = problem.transferSeconds()[task][i] * apart;
        rank[task] = Math.max(rank[task], rank[parent] + weight.applyAsDouble(parent) + transfer);
      }
    }
    return rank;
  }

  /** The optimistic cost table, by task and processor (Arabnejad, Barbosa 2014). */
  public static double[][] optimisticCosts(StaticProblem problem) {
    StaticGraph graph = new StaticGraph(problem);
    double[][] costs = new double[problem.taskCount()][problem.processorCount()];
    for (int at = costs.length - 1; at >= 0; at--) {
      int task = graph.order[at];
      for (int i = 0; i < graph.children[task].length; i++) {
        int child = graph.children[task][i];
        double transfer = problem.transferSeconds()[child][graph.parentIndex[task][i]];
        raise(costs[task], problem, costs[child], child, transfer);
      }
    }
    return costs;
  }

  private static void raise(
      double[] costs, StaticProblem problem, double[] ofChild, int child, double transfer) {
    for (int from = 0; from < costs.length; from++) {
      double least = Double.POSITIVE_INFINITY;
      for (int to = 0; to < costs.length; to++) {
        double way = problem.memories()[from] == problem.memories()[to] ? 0 : transfer;
        least = Math.min(least, ofChild[to] + problem.seconds()[child][to] + way);
      }
      costs[from] = Math.max(costs[from], least);
    }
  }

  /** The mean of each row of an optimistic cost table: what PEFT orders tasks by. */
  public static double[] optimisticRanks(double[][] costs) {
    return Arrays.stream(costs)
        .mapToDouble(row -> Arrays.stream(row).average().orElse(0))
        .toArray();
  }
}
