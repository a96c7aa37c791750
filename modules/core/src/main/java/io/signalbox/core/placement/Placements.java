package io.signalbox.core.placement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The placement policies that need nothing but their name. */
public final class Placements {
  /** Name of the policy that pools use when nothing else is said. */
  public static final String DEFAULT = EarliestFinish.NAME;

  private static final Map<String, PlacementFactory> FACTORIES = new LinkedHashMap<>();

  static {
    FACTORIES.put(EarliestFinish.NAME, EarliestFinish::online);
    FACTORIES.put(EarliestFinish.LATE, EarliestFinish::late);
    FACTORIES.put(Dmdas.NAME, Dmdas::new);
    FACTORIES.put(HeteroPrio.NAME, HeteroPrio::new);
    FACTORIES.put(MinMin.NAME, MinMin::new);
    FACTORIES.put(Fifo.NAME, Fifo::new);
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
    PlacementFactory factory = FACTORIES.get(name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "there is no placement policy '%s'; there are %s"
              .formatted(name, String.join(", ", FACTORIES.keySet())));
    }
    return factory;
  }
}
