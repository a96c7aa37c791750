package io.signalbox.cli.output;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value of a table, for programs and for people.
 *
 * @param value what JSON shows
 * @param text what people are shown
 */
public record Cell(@Nullable Object value, String text) {
  /** A value with its natural text. */
  public static Cell of(@Nullable Object value) {
    return value instanceof Cell cell ? cell : new Cell(value, text(value));
  }

  /** A share between 0 and 1, shown in per cent. */
  public static Cell share(double share) {
    return new Cell(share, String.format(Locale.ROOT, "%.1f %%", share * 100));
  }

  /** A number of seconds, shown with a unit that suits its size. */
  public static Cell seconds(double seconds) {
    return new Cell(seconds, duration(seconds));
  }

  /** Seconds as people read them. */
  public static String duration(double seconds) {
    if (Double.isNaN(seconds)) {
      return "-";
    }
    if (seconds >= 86_400) {
      return String.format(Locale.ROOT, "%.1f d", seconds / 86_400);
    }
    if (seconds >= 3_600) {
      return String.format(Locale.ROOT, "%.1f h", seconds / 3_600);
    }
    if (seconds >= 120) {
      return String.format(Locale.ROOT, "%.1f min", seconds / 60);
    }
    return seconds >= 1 || seconds == 0
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "-";
      case Collection<?> many ->
          many.isEmpty()
              ? "-"
              : many.stream().map(String::valueOf).collect(Collectors.joining(","));
      case Double number -> String.format(Locale.ROOT, "%.2f", number);
      case Integer number -> String.format(Locale.ROOT, "%,d", number);
      case Long number -> String.format(Locale.ROOT, "%,d", number);
      default -> value.toString();
    };
  }
}
