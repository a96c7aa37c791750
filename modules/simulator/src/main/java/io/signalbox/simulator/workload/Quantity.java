package io.signalbox.simulator.workload;

import io.signalbox.simulator.workload.Value.Kind;
import io.signalbox.simulator.workload.Value.Scalar;
import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers with and without a unit; each is empty after a problem was noted. */
final class Quantity {
  private static final Pattern WITH_UNIT =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,15})?) ?([A-Za-z]+)");
  private static final Map<String, Double> SECONDS =
      Map.of("ms", 1e-3, "s", 1.0, "m", 60.0, "min", 60.0, "h", 3600.0, "d", 86_400.0);
  private static final Map<String, Double> BYTES =
      Map.of(
          "B", 1.0, "KB", 1e3, "MB", 1e6, "GB", 1e9, "TB", 1e12, "KiB", 0x1p10, "MiB", 0x1p20,
          "GiB", 0x1p30, "TiB", 0x1p40);

  private Quantity() {}

  /** A number greater than 0 and finite. */
  static OptionalDouble positive(Place place) {
    return checked(place, plain(place), false, "a number greater than 0");
  }

  /** A number of at least 0 and finite. */
  static OptionalDouble notNegative(Place place) {
    return checked(place, plain(place), true, "a number of at least 0");
  }

  /** A duration greater than 0 in seconds: a number, or with a unit as in {@code 250ms}. */
  static OptionalDouble positiveSeconds(Place place) {
    return positiveSeconds(place, "seconds greater than 0, such as 30, 30s or 5m");
  }

  /** The same with another word on what would be right. */
  static OptionalDouble positiveSeconds(Place place, String rule) {
    return checked(place, withUnit(place, SECONDS), false, rule);
  }

  /** A duration of at least 0 in seconds. */
  static OptionalDouble seconds(Place place) {
    return checked(
        place, withUnit(place, SECONDS), true, "seconds of at least 0, such as 0.5, 2ms or 30s");
  }

  /** A size in whole bytes: a number, or with a unit as in {@code 16GiB}. */
  static OptionalLong bytes(Place place) {
    OptionalDouble bytes =
        checked(place, withUnit(place, BYTES), true, "bytes, such as 4096, 20MB or 16GiB");
    if (bytes.isEmpty() || bytes.getAsDouble() > 0x1p62) {
      bytes.ifPresent(much -> place.problem("is " + place.shown() + "; no device holds that much"));
      return OptionalLong.empty();
    }
    return OptionalLong.of(Math.round(bytes.getAsDouble()));
  }

  /** Bytes per second greater than 0, with the units of sizes. */
  static OptionalDouble bytesPerSecond(Place place) {
    return checked(
        place,
        withUnit(place, BYTES),
        false,
        "bytes per second greater than 0, such as 1e9 or 1GB");
  }

  /** A whole number between two bounds, both included. */
  static OptionalInt whole(Place place, int least, int most) {
    if (place.value() instanceof Scalar scalar && scalar.kind() == Kind.NUMBER) {
      double number = parse(scalar.text());
      if (number == Math.rint(number) && number >= least && number <= most) {
        return OptionalInt.of((int) number);
      }
    }
    place.problem("is %s; give a whole number from %d to %d".formatted(place.shown(), least, most));
    return OptionalInt.empty();
  }

  private static double plain(Place place) {
    return place.value() instanceof Scalar scalar && scalar.kind() == Kind.NUMBER
        ? parse(scalar.text())
        : Double.NaN;
  }

  private static double withUnit(Place place, Map<String, Double> units) {
    if (place.value() instanceof Scalar scalar && scalar.kind() == Kind.TEXT) {
      Matcher matcher = WITH_UNIT.matcher(scalar.text());
      Double unit = matcher.matches() ? units.get(matcher.group(2)) : null;
      if (unit != null) {
        return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)).doubleValue();
      }
    }
    return plain(place);
  }

  private static OptionalDouble checked(Place place, double number, boolean zeroToo, String rule) {
    boolean inRange = zeroToo ? number >= 0 : number > 0;
    if (!inRange || Double.isInfinite(number)) {
      place.problem("is %s; give %s".formatted(place.shown(), rule));
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(number);
  }

  /** NaN for YAML's and JSON's names of what isn't a finite number: none is ever right. */
  private static double parse(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
