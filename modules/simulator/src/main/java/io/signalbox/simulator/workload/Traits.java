package io.signalbox.simulator.workload;

import io.signalbox.core.pool.PoolSettings.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a task may say of itself or leave to its operation's defaults; null where nothing is said.
 */
record Traits(
    @Nullable String version,
    @Nullable Double work,
    @Nullable Map<String, Double> estimates,
    @Nullable List<String> classes,
    @Nullable Long memoryBytes,
    @Nullable Double timeoutSeconds,
    @Nullable Integer maxAttempts,
    @Nullable Map<String, String> required,
    @Nullable Map<String, String> preferred) {
  static final List<String> KEYS =
      List.of(
          "version",
          "work",
          "estimates",
          "classes",
          "memory",
          "timeout",
          "maxAttempts",
          "requires",
          "prefers");
  static final Traits NONE = new Traits(null, null, null, null, null, null, null, null, null);

  /** Reads the keys of a task or of an operation's defaults. */
  static Traits read(Section section, Optional<Set<String>> knownClasses) {
    return new Traits(
        version(section.get("version")),
        work(section.get("work")),
        estimates(section.get("estimates"), knownClasses),
        classes(section.get("classes"), knownClasses),
        memory(section.get("memory")),
        timeout(section.get("timeout")),
        attempts(section.get("maxAttempts")),
        LabelMap.read(section.get("requires")),
        LabelMap.read(section.get("prefers")));
  }

  /** These, and the others where these say nothing. */
  Traits over(Traits others) {
    return new Traits(
        version != null ? version : others.version,
        work != null ? work : others.work,
        estimates != null ? estimates : others.estimates,
        classes != null ? classes : others.classes,
        memoryBytes != null ? memoryBytes : others.memoryBytes,
        timeoutSeconds != null ? timeoutSeconds : others.timeoutSeconds,
        maxAttempts != null ? maxAttempts : others.maxAttempts,
        required != null ? required : others.required,
        preferred != null ? preferred : others.preferred);
  }

  /** The name of a device class that exists, or null after a problem was noted. */
  static @Nullable String knownClass(Place place, Optional<Set<String>> knownClasses) {
    String name = Names.deviceClass(place);
    if (name == null || knownClasses.isEmpty() || knownClasses.get().contains(name)) {
      return name;
    }
    place.problem(unknownClass(name, knownClasses.get()));
    return null;
  }

  private static String unknownClass(String name, Set<String> known) {
    String hint = Names.suggestion(name, known);
    return "unknown device class \"%s\"%s"
        .formatted(
            name,
            hint.isEmpty()
                ? "; there are " + String.join(", ", known.stream().sorted().toList())
                : hint);
  }

  private static @Nullable String version(@Nullable Place place) {
    return place == null ? null : Names.name(place);
  }

  private static @Nullable Double work(@Nullable Place place) {
    return place == null ? null : orNull(Quantity.positive(place));
  }

  private static @Nullable Double timeout(@Nullable Place place) {
    return place == null ? null : orNull(Quantity.positiveSeconds(place));
  }

  private static @Nullable Long memory(@Nullable Place place) {
    OptionalLong bytes = place == null ? OptionalLong.empty() : Quantity.bytes(place);
    return bytes.isPresent() ? bytes.getAsLong() : null;
  }

  private static @Nullable Integer attempts(@Nullable Place place) {
    OptionalInt attempts =
        place == null ? OptionalInt.empty() : Quantity.whole(place, 1, Limits.DEFAULT.attempts());
    return attempts.isPresent() ? attempts.getAsInt() : null;
  }

  private static @Nullable Double orNull(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }

  private static @Nullable Map<String, Double> estimates(
      @Nullable Place place, Optional<Set<String>> knownClasses) {
    Section section = place == null ? null : place.section("{cpu: 2.5}");
    if (section == null) {
      return null;
    }
    Map<String, Double> estimates = new TreeMap<>();
    section.forEach(entry -> {
      if (knownClasses.isPresent() && !knownClasses.get().contains(entry.key())) {
        entry.keyProblem(unknownClass(entry.key(), knownClasses.get()));
      }
      Quantity.positiveSeconds(entry.value())
          .ifPresent(seconds -> estimates.put(entry.key(), seconds));
    });
    return estimates;
  }

  private static @Nullable List<String> classes(
      @Nullable Place place, Optional<Set<String>> knownClasses) {
    if (place == null) {
      return null;
    }
    List<String> classes = new ArrayList<>();
    for (Place item : place.items("[nvidia-h100, cpu]")) {
      String name = knownClass(item, knownClasses);
      if (name != null && !classes.contains(name)) {
        classes.add(name);
      }
    }
    return classes;
  }
}
