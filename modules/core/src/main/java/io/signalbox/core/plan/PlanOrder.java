package io.signalbox.core.plan;

import java.util.function.IntToDoubleFunction;

/**
 * The orders in which a plan takes tasks up. By the way that is left (HEFT's upward rank) or by the
 * whole of the longest path through the task (CPOP's upward plus downward rank), which keeps tasks
 * of the critical path ahead of side branches that are as long from there on; both by Topcuoglu,
 * Hariri, Wu 2002. Each with those weights that came out best for some kind of graph.
 */
enum PlanOrder {
  UP_MEAN(RankWeight.MEAN, false),
  UP_FASTEST(RankWeight.FASTEST, false),
  UP_BETWEEN(RankWeight.BETWEEN, false),
  UP_THROUGHPUT(RankWeight.THROUGHPUT, false),
  THROUGH_MEAN(RankWeight.MEAN, true),
  THROUGH_FASTEST(RankWeight.FASTEST, true);

  private final RankWeight weight;
  private final boolean wholePath;

  PlanOrder(RankWeight weight, boolean wholePath) {
    this.weight = weight;
    this.wholePath = wholePath;
  }

  /** What stands for the run time of a task. */
  RankWeight weight() {
    return weight;
  }

  /** The rank of each task in seconds: the larger, the sooner. */
  double[] ranks(StaticProblem problem, StaticGraph graph, IntToDoubleFunction weightOf) {
    double[] ranks = StaticRanks.upward(problem, graph, weightOf);
    if (wholePath) {
      double[] downward = StaticRanks.downward(problem, graph, weightOf);
      for (int task = 0; task < ranks.length; task++) {
        ranks[task] += downward[task];
      }
    }
    return ranks;
  }
}
