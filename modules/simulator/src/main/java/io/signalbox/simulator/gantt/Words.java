package io.signalbox.simulator.gantt;

import io.signalbox.core.job.Dependency;
import io.signalbox.simulator.scenario.Outage;
import java.util.Locale;

/** What a chart says in words. */
final class Words {
  private Words() {}

  /** Seconds with a unit that suits their size. */
  static String seconds(double seconds) {
    if (seconds >= 2 * 86_400) {
      return format("%.2f d", seconds / 86_400);
    } else if (seconds >= 2 * 3_600) {
      return format("%.2f h", seconds / 3_600);
    } else if (seconds >= 120) {
      return format("%.1f min", seconds / 60);
    }
    return seconds >= 1 || seconds == 0
        ? format("%.2f s", seconds)
        : format("%.1f ms", seconds * 1e3);
  }

  /** Bytes with a unit that suits their size. */
  static String bytes(long bytes) {
    String[] units = {"B", "KB", "MB", "GB", "TB", "PB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1_000 && unit < units.length - 1) {
      value /= 1_000;
      unit++;
    }
    return unit == 0 ? bytes + " B" : format("%.1f ", value) + units[unit];
  }

  static String of(Bar bar) {
    long bytes = bar.spec().dependencies().stream().mapToLong(Dependency::sizeBytes).sum();
    String inputs =
        bar.spec().dependencies().isEmpty()
            ? "no inputs"
            : "inputs " + bytes(bytes) + " of " + bar.spec().dependencies().size() + " parents";
    return "%s\n%s, attempt %d%s: %s\n%s, slot %d\n%s to %s, %s long\n%s"
        .formatted(
            bar.ref(),
            bar.spec().operation(),
            bar.attempt(),
            bar.copy() ? ", a copy" : "",
            bar.fate().words,
            bar.device().id(),
            bar.slot(),
            seconds(bar.from()),
            seconds(bar.to()),
            seconds(bar.to() - bar.from()),
            inputs);
  }

  static String outage(Outage outage) {
    return outage.untilSeconds() < Double.POSITIVE_INFINITY
        ? "%s is silent from %s to %s"
            .formatted(
                outage.device(), seconds(outage.fromSeconds()), seconds(outage.untilSeconds()))
        : "%s is silent from %s on".formatted(outage.device(), seconds(outage.fromSeconds()));
  }

  /** A name cut in the middle, where it is too long. */
  static String cut(String name, int most) {
    int half = (most - 1) / 2;
    return name.length() <= most
        ? name
        : name.substring(0, most - 1 - half) + "…" + name.substring(name.length() - half);
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
