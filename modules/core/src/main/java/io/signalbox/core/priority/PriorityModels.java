package io.signalbox.core.priority;

import java.util.List;

/** The priority models by name. */
public final class PriorityModels {
  private static final List<String> NAMES =
      List.of(RankPriority.NAME, DeadlineDepthSize.NAME, WeightedPriority.NAME);

  private PriorityModels() {}

  /** All names, the default first. */
  public static List<String> names() {
    return NAMES;
  }

  /** The model that settings name. */
  public static PriorityModel of(PrioritySettings settings) {
    return switch (settings.model()) {
      case DeadlineDepthSize.NAME -> new DeadlineDepthSize();
      case WeightedPriority.NAME -> new WeightedPriority();
      default -> new RankPriority(settings.weights(), settings.agingSeconds());
    };
  }

  static void check(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "there is no priority model '%s'; there are %s"
              .formatted(name, String.join(", ", NAMES)));
    }
  }
}
