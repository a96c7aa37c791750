package io.signalbox.devkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The registry's rules: what may be registered, found and deleted. One request at a time. */
final class Schemas implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final RegistryState state = new RegistryState();
  private final SchemaLog schemaLog;

  /** Takes the settings of the Kafka clients that read and write its topic. */
  Schemas(Map<String, Object> clients) {
    this.schemaLog = SchemaLog.open(clients, state);
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  static Schema parse(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (AvroRuntimeException e) {
      throw RegistryError.invalidSchema(String.valueOf(e.getMessage()));
    }
  }

  private static List<Schema> parsed(List<SchemaVersion> versions) {
    return versions.stream().map(version -> parse(version.schema())).toList();
  }

  /** Registers a schema and gives its id; what is there already keeps its id and version. */
  int register(String subject, Schema schema) {
    return locked(() -> {
      List<SchemaVersion> earlier = state.versions(subject, false);
      String text = schema.toString();
      for (SchemaVersion version : earlier) {
        if (version.schema().equals(text)) {
          return version.id();
        }
      }
      List<String> conflicts = state.levelOf(subject).conflicts(schema, parsed(earlier));
      if (!conflicts.isEmpty()) {
        throw RegistryError.http(
            409,
            "Schema being registered is incompatible with an earlier schema for subject \"%s\", details: %s"
                .formatted(subject, conflicts));
      }
      int id = state.idFor(text);
      schemaLog.put(new SchemaVersion(subject, state.nextVersion(subject), id, text, false));
      return id;
    });
  }

  /** The version of the subject that has this schema. */
  SchemaVersion lookUp(String subject, Schema schema, boolean deletedToo) {
    return locked(() ->
        existing(subject, deletedToo).stream()
            .filter(version -> version.schema().equals(schema.toString()))
            .findFirst()
            .orElseThrow(() -> RegistryError.schemaNotFound("")));
  }

  SortedSet<String> subjects(boolean deletedToo) {
    return locked(() -> state.subjects(deletedToo));
  }

  List<Integer> versions(String subject, boolean deletedToo) {
    return locked(
        () -> existing(subject, deletedToo).stream().map(SchemaVersion::version).toList());
  }

  SchemaVersion version(String subject, VersionRef ref, boolean deletedToo) {
    return locked(() -> {
      List<SchemaVersion> versions = existing(subject, deletedToo);
      return ref.in(versions).orElseThrow(() -> RegistryError.versionNotFound(ref.text()));
    });
  }

  private List<SchemaVersion> existing(String subject, boolean deletedToo) {
    List<SchemaVersion> versions = state.versions(subject, deletedToo);
    if (versions.isEmpty()) {
      throw RegistryError.subjectNotFound(subject);
    }
    return versions;
  }

  /** All versions of all subjects that share an id, at least one. */
  List<SchemaVersion> withId(int id) {
    return locked(() -> {
      List<SchemaVersion> versions = state.withId(id);
      if (versions.isEmpty()) {
        throw RegistryError.schemaNotFound(id + " ");
      }
      return versions;
    });
  }

  /** Deletes a subject, softly unless permanent, and gives the versions deleted. */
  List<Integer> deleteSubject(String subject, boolean permanent) {
    return locked(() -> {
      List<SchemaVersion> live = state.versions(subject, false);
      List<SchemaVersion> all = existing(subject, true);
      if (permanent && !live.isEmpty()) {
        throw RegistryError.subjectNotSoftDeleted(subject);
      }
      if (!permanent && live.isEmpty()) {
        throw RegistryError.subjectSoftDeleted(subject);
      }
      List<SchemaVersion> deleted = permanent ? all : live;
      deleted.forEach(version -> delete(version, permanent));
      if (state.ownLevel(subject).isPresent()) {
        schemaLog.level(subject, null);
      }
      return deleted.stream().map(SchemaVersion::version).toList();
    });
  }

  /** Deletes a version, softly unless permanent, and gives its number. */
  int deleteVersion(String subject, VersionRef ref, boolean permanent) {
    return locked(() -> {
      List<SchemaVersion> versions = existing(subject, true);
      SchemaVersion version =
          ref.in(ref.isLatest() && !permanent ? state.versions(subject, false) : versions)
              .orElseThrow(() -> RegistryError.versionNotFound(ref.text()));
      if (permanent && !version.deleted()) {
        throw RegistryError.versionNotSoftDeleted(subject, version.version());
      }
      if (!permanent && version.deleted()) {
        throw RegistryError.versionSoftDeleted(subject, version.version());
      }
      delete(version, permanent);
      return version.version();
    });
  }

  private void delete(SchemaVersion version, boolean permanent) {
    if (permanent) {
      schemaLog.remove(version);
    } else {
      schemaLog.put(version.softlyDeleted());
    }
  }

  /** What keeps a schema from standing beside one version, or beside all with a null version. */
  List<String> conflicts(String subject, Schema schema, @Nullable VersionRef ref) {
    return locked(() -> {
      List<SchemaVersion> versions = state.versions(subject, false);
      List<SchemaVersion> against = versions;
      if (ref != null) {
        against = ref.in(versions).stream().toList();
        if (against.isEmpty() && !ref.isLatest()) {
          throw RegistryError.versionNotFound(ref.text());
        }
      }
      return state.levelOf(subject).conflicts(schema, parsed(against));
    });
  }

  /** The level set for a subject, or for all with a null subject. */
  CompatibilityLevel level(@Nullable String subject, boolean defaultToGlobal) {
    return locked(() -> {
      if (subject == null) {
        return state.globalLevel();
      }
      Optional<CompatibilityLevel> fallback =
          defaultToGlobal ? Optional.of(state.globalLevel()) : Optional.empty();
      return state
          .ownLevel(subject)
          .or(() -> fallback)
          .orElseThrow(() -> RegistryError.levelNotConfigured(subject));
    });
  }

  /** Sets the level of a subject, or of all with a null subject. */
  void setLevel(@Nullable String subject, CompatibilityLevel level) {
    locked(() -> {
      schemaLog.level(subject, level);
      return level;
    });
  }

  /** Takes a setting back and gives what it was. */
  CompatibilityLevel resetLevel(@Nullable String subject) {
    return locked(() -> {
      CompatibilityLevel was =
          subject == null
              ? state.globalLevel()
              : state.ownLevel(subject).orElseThrow(() -> RegistryError.subjectNotFound(subject));
      schemaLog.level(subject, null);
      return was;
    });
  }

  @Override
  public void close() {
    schemaLog.close();
  }
}
