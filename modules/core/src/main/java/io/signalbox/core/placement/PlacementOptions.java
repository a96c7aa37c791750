package io.signalbox.core.placement;

import io.signalbox.core.fairness.FairnessSettings;
import io.signalbox.core.plan.PlanSettings;
import io.signalbox.core.priority.PriorityModels;
import io.signalbox.core.priority.PrioritySettings;
import io.signalbox.core.priority.PriorityWeights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that can be set about placement, by name and as text. Settings files, orders to a pool and
 * simulations all go through this table. Options are independent of each other: a value that is
 * allowed is so whatever the others are.
 */
public final class PlacementOptions {
  /** Options below it are tenants' weights, one for each tenant that has one. */
  public static final String TENANT_WEIGHTS = "fairness.weights.";

  /** Options below it are how many live tasks tenants may have that have a number of their own. */
  public static final String TENANT_LIVE_TASKS = "quotas.liveTasks.";

  /**
   * Options below it are how many tasks a second tenants may submit that have a rate of their own.
   */
  public static final String TENANT_RATES = "quotas.tasksPerSecond.";

  /** Below these stand names of tenants. */
  public static final List<String> TENANTS =
      List.of(TENANT_WEIGHTS, TENANT_LIVE_TASKS, TENANT_RATES);

  private static final int NAME_CHARACTERS = 200;
  static final String NOT_NEGATIVE = "a number of at least 0";
  static final String POSITIVE = "a number greater than 0";
  static final String WHOLE = "a whole number from 0 to " + Integer.MAX_VALUE;
  private static final List<String> WEIGHTS =
      List.of("rank", "deadline", "depth", "memory", "waiting", "risk");
  private static final Map<String, PlacementOption> FIXED = fixed();

  private PlacementOptions() {}

  /** The options that there are always: all but those of single tenants. */
  public static List<PlacementOption> all() {
    return List.copyOf(FIXED.values());
  }

  /** Their names for people, those of single tenants last. */
  public static String names() {
    return String.join(", ", FIXED.keySet())
        + ", "
        + TENANTS.stream().map(prefix -> prefix + "TENANT").collect(Collectors.joining(", "));
  }

  /**
   * The option of that name.
   *
   * @throws IllegalArgumentException naming the options there are when there is none of that name
   */
  public static PlacementOption named(String name) {
    PlacementOption option = FIXED.get(name);
    if (option != null) {
      return option;
    }
    for (String prefix : TENANTS) {
      String tenant = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
      if (!tenant.isEmpty() && tenant.length() <= NAME_CHARACTERS) {
        return TenantOptions.named(prefix, tenant);
      }
    }
    throw new IllegalArgumentException(
        "there is no placement option '%s'; there are %s".formatted(name, names()));
  }

  /** What settings say, by the names of the options; those of single tenants included. */
  public static Map<String, String> of(PlacementSettings settings) {
    Map<String, String> values = new LinkedHashMap<>();
    FIXED.forEach((name, option) -> values.put(name, option.of(settings)));
    new TreeMap<>(settings.fairness().weights())
        .forEach((tenant, weight) -> values.put(TENANT_WEIGHTS + tenant, text(weight)));
    new TreeMap<>(settings.fairness().quotas().liveTasksOf())
        .forEach((tenant, tasks) -> values.put(TENANT_LIVE_TASKS + tenant, tasks.toString()));
    new TreeMap<>(settings.fairness().quotas().tasksPerSecondOf())
        .forEach((tenant, rate) -> values.put(TENANT_RATES + tenant, text(rate)));
    return values;
  }

  private static Map<String, PlacementOption> fixed() {
    List<PlacementOption> options = new ArrayList<>();
    options.add(
        new PlacementOption(
            "policy",
            "one of " + String.join(", ", Placements.names()),
            PlacementSettings::policy,
            PlacementSettings::withPolicy));
    priority(options);
    options.add(
        number(
            "fairness.windowTasks",
            NOT_NEGATIVE,
            settings -> settings.fairness().windowTasks(),
            (settings, value) -> {
              FairnessSettings old = settings.fairness();
              return settings.with(new FairnessSettings(value, old.weights(), old.quotas()));
            }));
    options.addAll(TenantOptions.ofEach());
    plan(options);
    rest(options);
    return options.stream()
        .collect(
            Collectors.toMap(
                PlacementOption::name,
                Function.identity(),
                (one, other) -> one,
                LinkedHashMap::new));
  }

  private static void priority(List<PlacementOption> options) {
    options.add(
        new PlacementOption(
            "priority.model",
            "one of " + String.join(", ", PriorityModels.names()),
            settings -> settings.priority().model(),
            (settings, value) -> {
              PrioritySettings old = settings.priority();
              return settings.with(new PrioritySettings(value, old.weights(), old.agingSeconds()));
            }));
    for (int i = 0; i < WEIGHTS.size(); i++) {
      options.add(priorityWeight(i));
    }
    options.add(
        number(
            "priority.agingSeconds",
            POSITIVE,
            settings -> settings.priority().agingSeconds(),
            (settings, value) -> {
              PrioritySettings old = settings.priority();
              return settings.with(new PrioritySettings(old.model(), old.weights(), value));
            }));
  }

  private static PlacementOption priorityWeight(int index) {
    return number(
        "priority.weights." + WEIGHTS.get(index),
        NOT_NEGATIVE,
        settings -> numbers(settings.priority().weights())[index],
        (settings, value) -> {
          PrioritySettings old = settings.priority();
          double[] numbers = numbers(old.weights());
          numbers[index] = value;
          return settings.with(
              new PrioritySettings(old.model(), weights(numbers), old.agingSeconds()));
        });
  }

  /** In the order of {@link #WEIGHTS}. */
  private static double[] numbers(PriorityWeights of) {
    return new double[] {
      of.rank(), of.deadline(), of.depth(), of.memory(), of.waiting(), of.risk()
    };
  }

  private static PriorityWeights weights(double[] of) {
    return new PriorityWeights(of[0], of[1], of[2], of[3], of[4], of[5]);
  }

  private static void plan(List<PlacementOption> options) {
    options.add(
        whole(
            "plan.mostTasks",
            settings -> settings.plan().mostTasks(),
            (old, value) ->
                new PlanSettings(value, old.mostSlots(), old.drift(), old.replanShare())));
    options.add(
        whole(
            "plan.mostSlots",
            settings -> settings.plan().mostSlots(),
            (old, value) ->
                new PlanSettings(old.mostTasks(), value, old.drift(), old.replanShare())));
    options.add(
        number(
            "plan.drift",
            POSITIVE,
            settings -> settings.plan().drift(),
            (settings, value) -> {
              PlanSettings old = settings.plan();
              return settings.with(
                  new PlanSettings(old.mostTasks(), old.mostSlots(), value, old.replanShare()));
            }));
    options.add(
        number(
            "plan.replanShare",
            "a number greater than 0 and at most 1",
            settings -> settings.plan().replanShare(),
            (settings, value) -> {
              PlanSettings old = settings.plan();
              return settings.with(
                  new PlanSettings(old.mostTasks(), old.mostSlots(), old.drift(), value));
            }));
  }

  private static void rest(List<PlacementOption> options) {
    options.add(
        number(
            "stealRatio",
            "a number from 0 to 1",
            PlacementSettings::stealRatio,
            (old, value) -> old.withCosts(value, old.secondsPerMegajoule(), old.warmSeconds())));
    options.add(
        number(
            "secondsPerMegajoule",
            NOT_NEGATIVE,
            PlacementSettings::secondsPerMegajoule,
            (old, value) -> old.withCosts(old.stealRatio(), value, old.warmSeconds())));
    options.add(
        number(
            "warmSeconds",
            NOT_NEGATIVE,
            PlacementSettings::warmSeconds,
            (old, value) -> old.withCosts(old.stealRatio(), old.secondsPerMegajoule(), value)));
    options.add(
        number(
            "preferRatio",
            NOT_NEGATIVE,
            PlacementSettings::preferRatio,
            PlacementSettings::withPreferRatio));
    tilt(options);
  }

  private static void tilt(List<PlacementOption> options) {
    options.add(
        new PlacementOption(
            "tilt.operations",
            WHOLE,
            settings -> Integer.toString(settings.tilt().operations()),
            (settings, value) -> {
              TiltSettings old = settings.tilt();
              int most = Integer.parseInt(value.replace("_", ""));
              return settings.with(new TiltSettings(most, old.weight(), old.slots()));
            }));
    options.add(
        number(
            "tilt.weight",
            NOT_NEGATIVE,
            settings -> settings.tilt().weight(),
            (settings, value) -> {
              TiltSettings old = settings.tilt();
              return settings.with(new TiltSettings(old.operations(), value, old.slots()));
            }));
    options.add(
        number(
            "tilt.slots",
            "a number from 0 to 1",
            settings -> settings.tilt().slots(),
            (settings, value) -> {
              TiltSettings old = settings.tilt();
              return settings.with(new TiltSettings(old.operations(), old.weight(), value));
            }));
  }

  static PlacementOption number(
      String name,
      String allowed,
      Function<PlacementSettings, Double> read,
      BiFunction<PlacementSettings, Double, PlacementSettings> write) {
    return new PlacementOption(
        name,
        allowed,
        settings -> text(read.apply(settings)),
        (settings, value) -> write.apply(settings, Double.valueOf(value.replace("_", ""))));
  }

  private static PlacementOption whole(
      String name,
      Function<PlacementSettings, Integer> read,
      BiFunction<PlanSettings, Integer, PlanSettings> write) {
    return new PlacementOption(
        name,
        WHOLE,
        settings -> read.apply(settings).toString(),
        (settings, value) -> settings.with(write.apply(settings.plan(), wholeNumber(value))));
  }

  /** A whole number as people write it, 10_000 for instance. */
  static Integer wholeNumber(String value) {
    return Integer.valueOf(value.replace("_", ""));
  }

  private static String text(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }
}
