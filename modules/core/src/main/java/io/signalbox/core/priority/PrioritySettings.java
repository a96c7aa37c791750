package io.signalbox.core.priority;

/**
 * How ready tasks are ordered.
 *
 * <p>The starvation bound: a task that has been ready for {@link #starvationSeconds} comes before
 * all tasks of its tenant that became ready later, whatever their urgency and their plan. So it
 * starts after that time plus what the tasks take that came before it and still wait, at its
 * tenant's share, plus the longest task that runs where it is to run, since none is interrupted.
 * Waiting is counted anew when a task becomes ready anew, after a failure or a restart of the
 * engine.
 *
 * @param model name of the model, one of {@link PriorityModels#names}
 * @param weights what counts how much in the model {@code rank}
 * @param agingSeconds a wait that counts as much as its weight says; after four times as long a
 *     task is served in the order of arrival within its tenant, which is the starvation bound
 */
public record PrioritySettings(String model, PriorityWeights weights, double agingSeconds) {
  /** The defaults. */
  public static final PrioritySettings DEFAULT =
      new PrioritySettings(RankPriority.NAME, PriorityWeights.DEFAULT, 300);

  /** A task that has waited for so many times {@link #agingSeconds} is overdue. */
  private static final double STARVED_AFTER = 4;

  public PrioritySettings {
    PriorityModels.check(model);
    if (!(agingSeconds > 0) || Double.isInfinite(agingSeconds)) {
      throw new IllegalArgumentException("agingSeconds must be > 0 and finite, is " + agingSeconds);
    }
  }

  /** From this wait on, in seconds, tasks of a tenant are served in the order of arrival. */
  public double starvationSeconds() {
    return STARVED_AFTER * agingSeconds;
  }
}
