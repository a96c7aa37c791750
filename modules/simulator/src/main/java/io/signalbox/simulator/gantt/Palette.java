package io.signalbox.simulator.gantt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A colour for each operation: the busiest get the colours that differ most. */
final class Palette {
  private static final List<String> DISTINCT =
      List.of(
          "#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#b07aa1", "#76b7b2", "#edc948", "#9c755f",
          "#ff9da7", "#6b5b95", "#bab0ac", "#8cd17d", "#d37295", "#a0cbe8", "#b6992d", "#3b7d79",
          "#ffbe7d", "#79706e");
  private static final double GOLDEN_ANGLE = 137.508;

  private final Map<String, String> colours = new LinkedHashMap<>();

  /** Colours for operations, the busiest first. */
  Palette(List<String> operations) {
    for (String operation : operations) {
      colours.computeIfAbsent(operation, next -> colour(colours.size()));
    }
  }

  private static String colour(int index) {
    if (index < DISTINCT.size()) {
      return DISTINCT.get(index);
    }
    double hue = index * GOLDEN_ANGLE % 360;
    return String.format(Locale.ROOT, "hsl(%.0f,45%%,%d%%)", hue, 45 + index % 3 * 12);
  }

  String of(String operation) {
    return colours.getOrDefault(operation, "#999999");
  }

  /** Whether dark letters are read better on an operation's colour than white ones. */
  boolean isLight(String operation) {
    String colour = of(operation);
    if (!colour.startsWith("#")) {
      return false;
    }
    int rgb = Integer.parseInt(colour.substring(1), 16);
    double luminance =
        0.299 * (rgb >> 16 & 0xff) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff);
    return luminance > 165;
  }
}
