package io.signalbox.core.priority;

/**
 * What counts how much in {@link RankPriority}; each at least 0.
 *
 * @param rank the task's upward rank over the largest one
 * @param deadline how little the job's deadline leaves to spare
 * @param depth the task's depth over that of its job
 * @param memory device memory it needs over the most there is
 * @param waiting how long it has been ready, over {@link PrioritySettings#agingSeconds}
 * @param risk how likely it fails times the share of its job that hangs on it
 */
public record PriorityWeights(
    double rank, double deadline, double depth, double memory, double waiting, double risk) {
  /** The weights to start with. */
  public static final PriorityWeights DEFAULT = new PriorityWeights(1, 1, 0.05, 0.1, 0.5, 0.05);

  public PriorityWeights {
    check("rank", rank);
    check("deadline", deadline);
    check("depth", depth);
    check("memory", memory);
    check("waiting", waiting);
    check("risk", risk);
  }

  private static void check(String name, double weight) {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "the weight '%s' of priorities must be >= 0 and finite, is %s".formatted(name, weight));
    }
  }
}
