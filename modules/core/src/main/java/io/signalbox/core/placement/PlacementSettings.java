package io.signalbox.core.placement;

import io.signalbox.core.fairness.FairnessSettings;
import io.signalbox.core.plan.PlanSettings;
import io.signalbox.core.priority.PrioritySettings;
import java.util.Map;

/**
 * How a pool places its tasks. All but the policy's name and quotas matter to {@code plb} alone.
 *
 * @param policy name of the policy, one of {@link Placements#names}
 * @param priority in which order ready tasks are looked at
 * @param fairness how tenants share the pool
 * @param plan what bounds the rolling plan
 * @param stealRatio a task whose planned class makes it late goes to an idle device of another
 *     class if it is done there in less than this share of the time; 0 for never, at most 1
 * @param secondsPerMegajoule how much later a task may finish to save a megajoule of energy
 * @param warmSeconds how much later a task may finish to run where its operation is loaded already
 * @param tilt how far placement leans towards hot operations
 * @param preferRatio how much later a task may finish to run where all labels are that it prefers,
 *     as a share of its run time; in proportion where some are
 */
public record PlacementSettings(
    String policy,
    PrioritySettings priority,
    FairnessSettings fairness,
    PlanSettings plan,
    double stealRatio,
    double secondsPerMegajoule,
    double warmSeconds,
    TiltSettings tilt,
    double preferRatio) {
  private static final double PREFER_RATIO = 0.25;

  /** The defaults. */
  public static final PlacementSettings DEFAULT = of(Placements.DEFAULT);

  public PlacementSettings {
    Placements.check(policy);
    if (!(stealRatio >= 0 && stealRatio <= 1)) {
      throw new IllegalArgumentException("stealRatio must be 0 to 1, is " + stealRatio);
    }
    notNegative("secondsPerMegajoule", secondsPerMegajoule);
    notNegative("warmSeconds", warmSeconds);
    notNegative("preferRatio", preferRatio);
  }

  /** With the usual tilt and preference. */
  public PlacementSettings(
      String policy,
      PrioritySettings priority,
      FairnessSettings fairness,
      PlanSettings plan,
      double stealRatio,
      double secondsPerMegajoule,
      double warmSeconds) {
    this(
        policy,
        priority,
        fairness,
        plan,
        stealRatio,
        secondsPerMegajoule,
        warmSeconds,
        TiltSettings.DEFAULT,
        PREFER_RATIO);
  }

  /** A policy with everything else at its default. */
  public static PlacementSettings of(String policy) {
    return new PlacementSettings(
        policy,
        PrioritySettings.DEFAULT,
        FairnessSettings.DEFAULT,
        PlanSettings.DEFAULT,
        0.6,
        0,
        0,
        TiltSettings.DEFAULT,
        PREFER_RATIO);
  }

  /** The same with another policy. */
  public PlacementSettings withPolicy(String other) {
    return new PlacementSettings(
        other,
        priority,
        fairness,
        plan,
        stealRatio,
        secondsPerMegajoule,
        warmSeconds,
        tilt,
        preferRatio);
  }

  /** The same with another order of tasks. */
  PlacementSettings with(PrioritySettings other) {
    return new PlacementSettings(
        policy,
        other,
        fairness,
        plan,
        stealRatio,
        secondsPerMegajoule,
        warmSeconds,
        tilt,
        preferRatio);
  }

  /** The same with other shares of tenants. */
  public PlacementSettings with(FairnessSettings other) {
    return new PlacementSettings(
        policy,
        priority,
        other,
        plan,
        stealRatio,
        secondsPerMegajoule,
        warmSeconds,
        tilt,
        preferRatio);
  }

  /** The same with other bounds of the plan. */
  PlacementSettings with(PlanSettings other) {
    return new PlacementSettings(
        policy,
        priority,
        fairness,
        other,
        stealRatio,
        secondsPerMegajoule,
        warmSeconds,
        tilt,
        preferRatio);
  }

  /** The same with another tilt. */
  PlacementSettings with(TiltSettings other) {
    return new PlacementSettings(
        policy,
        priority,
        fairness,
        plan,
        stealRatio,
        secondsPerMegajoule,
        warmSeconds,
        other,
        preferRatio);
  }

  /** The same with another weight of labels that are preferred. */
  PlacementSettings withPreferRatio(double other) {
    return new PlacementSettings(
        policy,
        priority,
        fairness,
        plan,
        stealRatio,
        secondsPerMegajoule,
        warmSeconds,
        tilt,
        other);
  }

  /** The same with other numbers. */
  PlacementSettings withCosts(double steal, double megajoule, double warm) {
    return new PlacementSettings(
        policy, priority, fairness, plan, steal, megajoule, warm, tilt, preferRatio);
  }

  /**
   * The same with other options.
   *
   * @param options values by the names of {@link PlacementOptions}
   * @throws IllegalArgumentException naming the first option that can't be, and what is allowed
   */
  public PlacementSettings with(Map<String, String> options) {
    PlacementSettings changed = this;
    for (Map.Entry<String, String> option : options.entrySet()) {
      changed = PlacementOptions.named(option.getKey()).set(changed, option.getValue());
    }
    return changed;
  }

  private static void notNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be >= 0 and finite, is " + value);
    }
  }
}
