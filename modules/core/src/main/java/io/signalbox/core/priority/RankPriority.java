package io.signalbox.core.priority;

import io.signalbox.core.job.Task;

/**
 * The critical path first, deadlines weighed in:
 *
 * <pre>
 *   w1·u/max u + w2·exp(−max(laxity, 0)) + w3·depth/job depth + w4·memory/most memory
 *     + w6·risk, and w5/aging more for each second that the task waits
 *   laxity = (deadline − now − κ·u) / max(u, δ),  κ = 1 + variation of the run time
 * </pre>
 *
 * <p>Risk is the operation's failure probability times the share of the job's remaining longest
 * path that begins with the task. A job without deadline has no second term.
 */
final class RankPriority implements PriorityModel {
  static final String NAME = "rank";
  private static final double SHORTEST_SECONDS = 1e-3;

  private final PriorityWeights weights;
  private final double agingSeconds;

  RankPriority(PriorityWeights weights, double agingSeconds) {
    this.weights = weights;
    this.agingSeconds = agingSeconds;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double of(Task task, double rank, PoolFacts facts, double now) {
    double priority = weights.rank() * rank / facts.largestRank();
    Double deadline = task.job().header().deadline();
    if (deadline != null && weights.deadline() > 0) {
      double spare = deadline - now - (1 + facts.variation(task)) * rank;
      double laxity = spare / Math.max(rank, SHORTEST_SECONDS);
      priority += weights.deadline() * Math.exp(-Math.max(laxity, 0));
    }
    if (weights.depth() > 0) {
      int deepest = task.job().graph().maxDepth();
      priority += weights.depth() * share(task.job().graph().depth(task.node()), deepest);
    }
    priority +=
        weights.memory() * share((double) task.kind().memoryBytes(), facts.mostMemoryBytes());
    return priority + weights.risk() * risk(task, rank, facts);
  }

  @Override
  public double perSecondOfWait() {
    return weights.waiting() / agingSeconds;
  }

  private static double risk(Task task, double rank, PoolFacts facts) {
    double downstream = Math.min(1, share(rank, task.job().graph().remainingSeconds()));
    return facts.failureProbability(task) * downstream;
  }

  private static double share(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }
}
