package io.signalbox.simulator.policy;

import io.signalbox.core.placement.PlacementFactory;
import io.signalbox.core.placement.Placements;
import io.signalbox.core.placement.RandomPlacement;
import io.signalbox.core.plan.StaticScheduler;
import io.signalbox.core.pool.PoolSettings;
import io.signalbox.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The policies that can be simulated: those that pools know, and static ones, which plan the whole
 * workload beforehand by its exact times and then follow the plan.
 */
public final class Policies {
  private Policies() {}

  /** All names. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    for (StaticScheduler scheduler : StaticScheduler.values()) {
      names.add(nameOf(scheduler));
    }
    names.addAll(Placements.names());
    return names;
  }

  /**
   * The policy of that name for a scenario.
   *
   * @param seed for policies that draw lots
   * @throws IllegalArgumentException naming the policies there are when there is none of that name
   */
  public static PlacementFactory named(String name, Scenario scenario, long seed) {
    for (StaticScheduler scheduler : StaticScheduler.values()) {
      if (name.equals(nameOf(scheduler))) {
        return StaticPlan.of(name, scheduler, scenario);
      }
    }
    if (!Placements.names().contains(name)) {
      throw new IllegalArgumentException(
          "there is no policy '%s'; there are %s".formatted(name, String.join(", ", names())));
    }
    return name.equals(RandomPlacement.NAME)
        ? RandomPlacement.seeded(seed)
        : Placements.named(name);
  }

  /**
   * Whether stragglers get copies where nothing else is said: under the policies that are made for
   * pools, not under baselines, which are known without.
   */
  public static PoolSettings.Speculation speculation(String name) {
    return name.equals(Placements.DEFAULT)
        ? PoolSettings.Speculation.DEFAULT
        : PoolSettings.Speculation.OFF;
  }

  private static String nameOf(StaticScheduler scheduler) {
    return scheduler.name().toLowerCase(Locale.ROOT);
  }
}
