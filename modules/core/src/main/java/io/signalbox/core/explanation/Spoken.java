package io.signalbox.core.explanation;

import java.util.List;
import java.util.Locale;

/** Times, numbers and lists as people read them. */
final class Spoken {
  private static final int SHOWN = 5;

  private Spoken() {}

  /** A span of time: "0.25 s", "2.3 s", "3 min 20 s", "2 h 5 min". */
  static String span(double seconds) {
    if (seconds < 0.995) {
      return decimals(seconds, 2) + " s";
    }
    if (seconds < 119.95) {
      return decimals(seconds, 1) + " s";
    }
    long whole = Math.round(seconds);
    return whole < 7_200
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3_600 + " h " + whole % 3_600 / 60 + " min";
  }

  private static String decimals(double value, int digits) {
    String text = String.format(Locale.ROOT, "%." + digits + "f", value);
    return text.replaceAll("\\.?0+$", "");
  }

  /** A point in time that is ahead: "now" or "in 2.5 s". */
  static String ahead(double at, double now) {
    return at - now < 0.005 ? "now" : "in " + span(at - now);
  }

  /** A point in time that has passed: "just now" or "2.5 s ago". */
  static String ago(double at, double now) {
    return now - at < 0.005 ? "just now" : span(now - at) + " ago";
  }

  /** "1 task", "2 tasks". */
  static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }

  /** "a", "a and b", "a, b and c", "a, b, c, d, e and 3 more". */
  static String list(List<String> names, int total) {
    List<String> shown = names.subList(0, Math.min(SHOWN, names.size()));
    int more = total - shown.size();
    if (more > 0) {
      return String.join(", ", shown) + String.format(Locale.ROOT, " and %,d more", more);
    }
    if (shown.size() < 2) {
      return String.join("", shown);
    }
    return String.join(", ", shown.subList(0, shown.size() - 1)) + " and " + shown.getLast();
  }
}
