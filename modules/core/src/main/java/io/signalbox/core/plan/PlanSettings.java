package io.signalbox.core.plan;

/**
 * What bounds the rolling plan.
 *
 * @param mostTasks at most this many unfinished tasks are planned, those of highest rank first; the
 *     rest take the class where their time costs least
 * @param mostSlots on a fleet of more slots nothing is planned but classes: where there is so much
 *     room, order matters little and a plan would cost too much
 * @param drift the plan is made anew when a task ends later than planned by this share of what its
 *     job still takes
 * @param replanShare but at most once while this share of the planned tasks ends
 */
public record PlanSettings(int mostTasks, int mostSlots, double drift, double replanShare) {
  /** The defaults. */
  public static final PlanSettings DEFAULT = new PlanSettings(2_000, 256, 0.15, 0.25);

  public PlanSettings {
    if (mostTasks < 0 || mostSlots < 0) {
      throw new IllegalArgumentException("a plan's limits must be >= 0");
    }
    if (!(drift > 0) || !(replanShare > 0 && replanShare <= 1)) {
      throw new IllegalArgumentException("drift must be > 0 and replanShare > 0 and <= 1");
    }
  }
}
