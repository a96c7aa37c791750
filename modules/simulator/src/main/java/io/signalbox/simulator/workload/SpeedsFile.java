package io.signalbox.simulator.workload;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads speeds: a default for each device class, and operations that differ from it. */
final class SpeedsFile {
  private SpeedsFile() {}

  static Speeds read(Place root, Set<String> classes) throws InvalidFileException {
    Map<String, Double> defaults = new TreeMap<>();
    Map<String, Map<String, Double>> operations = new HashMap<>();
    Section section = root.section("{default: {cpu: 1}}");
    if (section != null) {
      section.allow(List.of("default", "operations"));
      Place place = section.require("default", "a speed for each class, such as {cpu: 1}");
      if (place != null) {
        defaults.putAll(speeds(place, null));
        covers(place, defaults, classes);
      }
      operations(section.get("operations"), defaults, operations);
    }
    root.problems().throwIfAny();
    return new Speeds(defaults, operations);
  }

  private static void covers(Place place, Map<String, Double> defaults, Set<String> classes) {
    if (place.problems().any()) {
      return;
    }
    if (defaults.isEmpty()) {
      place.problem("is empty; give a speed for each class, such as {cpu: 1}");
    }
    for (String name : classes.stream().sorted().toList()) {
      if (!defaults.containsKey(name)) {
        place.problem(
            "has no speed for the device class \"%s\", which the fleet has; add it"
                .formatted(name));
      }
    }
  }

  private static void operations(
      @Nullable Place place,
      Map<String, Double> defaults,
      Map<String, Map<String, Double>> operations) {
    Section section = place == null ? null : place.section("{ocr: {cpu: 1}}");
    if (section == null) {
      return;
    }
    section.forEach(entry -> {
      // The same replacement as for a workload's operations, so that they meet.
      String operation = Names.sanitised(entry.key());
      if (operations.put(operation, speeds(entry.value(), defaults.keySet())) != null) {
        entry.keyProblem("reads as \"%s\" like another one; remove one".formatted(operation));
      }
    });
  }

  private static Map<String, Double> speeds(Place place, @Nullable Set<String> known) {
    Map<String, Double> speeds = new TreeMap<>();
    Section section = place.section("{cpu: 1}");
    if (section != null) {
      section.forEach(entry -> {
        if (known != null && !known.isEmpty() && !known.contains(entry.key())) {
          String hint = Names.suggestion(entry.key(), known);
          entry.keyProblem(
              "unknown device class, default doesn't list it"
                  + (hint.isEmpty() ? "; add it there" : hint));
        }
        Quantity.positive(entry.value()).ifPresent(speed -> speeds.put(entry.key(), speed));
      });
    }
    return speeds;
  }
}
