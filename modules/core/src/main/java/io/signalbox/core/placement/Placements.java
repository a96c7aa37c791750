package io.signalbox.core.placement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The placement policies that need nothing but their name. */
public final class Placements {
  /** Name of the policy that pools use when nothing else is said. */
  public static final String DEFAULT = PlanGuided.NAME;

  private static final Map<String, PlacementFactory> FACTORIES = new LinkedHashMap<>();

  static {
    FACTORIES.put(PlanGuided.NAME, PlanGuided::new);
    FACTORIES.put(
        EarliestFinish.NAME, (fleet, estimator, settings) -> new EarliestFinish(fleet, estimator));
    FACTORIES.put(Dmdas.NAME, (fleet, estimator, settings) -> new Dmdas(fleet, estimator));
    FACTORIES.put(
        HeteroPrio.NAME, (fleet, estimator, settings) -> new HeteroPrio(fleet, estimator));
    FACTORIES.put(MinMin.NAME, (fleet, estimator, settings) -> new MinMin(fleet, estimator));
    FACTORIES.put(Fifo.NAME, (fleet, estimator, settings) -> new Fifo(fleet, estimator));
    FACTORIES.put(RandomPlacement.NAME, RandomPlacement.seeded(0));
  }

  private Placements() {}

  /** The names of all policies, the best first. */
  public static List<String> names() {
    return List.copyOf(FACTORIES.keySet());
  }

  /**
   * The policy of that name.
   *
   * @throws IllegalArgumentException naming the policies there are when there is none of that name
   */
  public static PlacementFactory named(String name) {
    check(name);
    return Objects.requireNonNull(FACTORIES.get(name));
  }

  static void check(String name) {
    if (!FACTORIES.containsKey(name)) {
      throw new IllegalArgumentException(
          "there is no placement policy '%s'; there are %s"
              .formatted(name, String.join(", ", FACTORIES.keySet())));
    }
  }
}
