package io.signalbox.core.placement;

import io.signalbox.core.fairness.FairnessSettings;
import io.signalbox.core.fairness.Quotas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Options of quotas, and of single tenants. */
final class TenantOptions {
  private TenantOptions() {}

  /** What holds for each tenant that has nothing of its own. */
  static List<PlacementOption> ofEach() {
    return List.of(
        new PlacementOption(
            "quotas.each.liveTasks",
            PlacementOptions.WHOLE,
            settings -> Integer.toString(settings.fairness().quotas().liveTasks()),
            (settings, value) ->
                with(
                    settings,
                    value,
                    (old, tasks) ->
                        new Quotas(
                            PlacementOptions.wholeNumber(tasks),
                            old.tasksPerSecond(),
                            old.burstSeconds(),
                            old.liveTasksOf(),
                            old.tasksPerSecondOf()))),
        PlacementOptions.number(
            "quotas.each.tasksPerSecond",
            PlacementOptions.NOT_NEGATIVE,
            settings -> settings.fairness().quotas().tasksPerSecond(),
            (settings, value) ->
                with(
                    settings,
                    value,
                    (old, rate) ->
                        new Quotas(
                            old.liveTasks(),
                            rate,
                            old.burstSeconds(),
                            old.liveTasksOf(),
                            old.tasksPerSecondOf()))),
        PlacementOptions.number(
            "quotas.burstSeconds",
            PlacementOptions.POSITIVE,
            settings -> settings.fairness().quotas().burstSeconds(),
            (settings, value) ->
                with(
                    settings,
                    value,
                    (old, seconds) ->
                        new Quotas(
                            old.liveTasks(),
                            old.tasksPerSecond(),
                            seconds,
                            old.liveTasksOf(),
                            old.tasksPerSecondOf()))));
  }

  /**
   * An option of one tenant.
   *
   * @param prefix one of {@link PlacementOptions#TENANTS}
   */
  static PlacementOption named(String prefix, String tenant) {
    return switch (prefix) {
      case PlacementOptions.TENANT_LIVE_TASKS -> liveTasksOf(tenant);
      case PlacementOptions.TENANT_RATES -> tasksPerSecondOf(tenant);
      default -> weightOf(tenant);
    };
  }

  private static PlacementOption weightOf(String tenant) {
    return PlacementOptions.number(
        PlacementOptions.TENANT_WEIGHTS + tenant,
        PlacementOptions.POSITIVE,
        settings -> settings.fairness().weightOf(tenant),
        (settings, value) -> {
          FairnessSettings old = settings.fairness();
          Map<String, Double> weights = and(old.weights(), tenant, value);
          return settings.with(new FairnessSettings(old.windowTasks(), weights, old.quotas()));
        });
  }

  private static PlacementOption liveTasksOf(String tenant) {
    return new PlacementOption(
        PlacementOptions.TENANT_LIVE_TASKS + tenant,
        PlacementOptions.WHOLE,
        settings -> Integer.toString(settings.fairness().quotas().liveTasksOf(tenant)),
        (settings, value) ->
            with(
                settings,
                value,
                (old, tasks) ->
                    new Quotas(
                        old.liveTasks(),
                        old.tasksPerSecond(),
                        old.burstSeconds(),
                        and(old.liveTasksOf(), tenant, PlacementOptions.wholeNumber(tasks)),
                        old.tasksPerSecondOf())));
  }

  private static PlacementOption tasksPerSecondOf(String tenant) {
    return PlacementOptions.number(
        PlacementOptions.TENANT_RATES + tenant,
        PlacementOptions.NOT_NEGATIVE,
        settings -> settings.fairness().quotas().tasksPerSecondOf(tenant),
        (settings, value) ->
            with(
                settings,
                value,
                (old, rate) ->
                    new Quotas(
                        old.liveTasks(),
                        old.tasksPerSecond(),
                        old.burstSeconds(),
                        old.liveTasksOf(),
                        and(old.tasksPerSecondOf(), tenant, rate))));
  }

  private static <T> Map<String, T> and(Map<String, T> others, String tenant, T value) {
    Map<String, T> all = new LinkedHashMap<>(others);
    all.put(tenant, value);
    return all;
  }

  private static <T> PlacementSettings with(
      PlacementSettings settings, T value, BiFunction<Quotas, T, Quotas> change) {
    FairnessSettings fairness = settings.fairness();
    return settings.with(fairness.with(change.apply(fairness.quotas(), value)));
  }
}
