package io.signalbox.devkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the records of the {@code _schemas} topic add up to. Not safe for threads by itself. */
final class RegistryState {
  private final Map<String, TreeMap<Integer, SchemaVersion>> subjects = new TreeMap<>();
  private final Map<String, CompatibilityLevel> levels = new HashMap<>();
  private @Nullable CompatibilityLevel globalLevel;
  private int highestId;

  /** Adds a version or replaces it. */
  void put(SchemaVersion version) {
    highestId = Math.max(highestId, version.id());
    subjects
        .computeIfAbsent(version.subject(), s -> new TreeMap<>())
        .put(version.version(), version);
  }

  /** Forgets a version for good. */
  void remove(String subject, int version) {
    TreeMap<Integer, SchemaVersion> versions = subjects.get(subject);
    if (versions != null) {
      versions.remove(version);
      if (versions.isEmpty()) {
        subjects.remove(subject);
      }
    }
  }

  /** Sets a level; a null subject means all, a null level takes the setting back. */
  void level(@Nullable String subject, @Nullable CompatibilityLevel level) {
    if (subject == null) {
      globalLevel = level;
    } else if (level == null) {
      levels.remove(subject);
    } else {
      levels.put(subject, level);
    }
  }

  CompatibilityLevel globalLevel() {
    return globalLevel == null ? CompatibilityLevel.BACKWARD : globalLevel;
  }

  Optional<CompatibilityLevel> ownLevel(String subject) {
    return Optional.ofNullable(levels.get(subject));
  }

  CompatibilityLevel levelOf(String subject) {
    return ownLevel(subject).orElseGet(this::globalLevel);
  }

  /** Names of subjects that have a version, softly deleted ones only when asked for. */
  SortedSet<String> subjects(boolean deletedToo) {
    TreeSet<String> names = new TreeSet<>(subjects.keySet());
    names.removeIf(name -> versions(name, deletedToo).isEmpty());
    return names;
  }

  /** Versions of a subject, oldest first; empty when there is no such subject. */
  List<SchemaVersion> versions(String subject, boolean deletedToo) {
    return subjects.getOrDefault(subject, new TreeMap<>()).values().stream()
        .filter(version -> deletedToo || !version.deleted())
        .toList();
  }

  Optional<SchemaVersion> version(String subject, int version, boolean deletedToo) {
    return versions(subject, deletedToo).stream().filter(v -> v.version() == version).findFirst();
  }

  /** Every version of every subject that has this id. */
  List<SchemaVersion> withId(int id) {
    return all().filter(version -> version.id() == id).toList();
  }

  /** The id this schema has already, or the next free one. */
  int idFor(String schema) {
    return all()
        .filter(version -> version.schema().equals(schema))
        .mapToInt(SchemaVersion::id)
        .findFirst()
        .orElse(highestId + 1);
  }

  /** The number of the next version; numbers of deleted versions aren't used again. */
  int nextVersion(String subject) {
    List<SchemaVersion> versions = versions(subject, true);
    return versions.isEmpty() ? 1 : versions.getLast().version() + 1;
  }

  private Stream<SchemaVersion> all() {
    return subjects.values().stream().flatMap(versions -> versions.values().stream());
  }
}
