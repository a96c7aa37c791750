package io.signalbox.devkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** What a new schema must agree with, by Avro's own rules of resolution. */
enum CompatibilityLevel {
  NONE(false, false, false),
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  private final boolean readsOld;
  private final boolean readByOld;
  private final boolean transitive;

  CompatibilityLevel(boolean readsOld, boolean readByOld, boolean transitive) {
    this.readsOld = readsOld;
    this.readByOld = readByOld;
    this.transitive = transitive;
  }

  /** The level of this name in any case. */
  static CompatibilityLevel named(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw RegistryError.invalidLevel();
    }
  }

  /**
   * What keeps the schema from standing beside the earlier ones; empty when it may.
   *
   * @param earlier oldest first
   */
  List<String> conflicts(Schema schema, List<Schema> earlier) {
    List<Schema> against = transitive || earlier.isEmpty() ? earlier : List.of(earlier.getLast());
    List<String> conflicts = new ArrayList<>();
    for (Schema old : against) {
      if (readsOld) {
        conflicts.addAll(conflicts("new", schema, "old", old));
      }
      if (readByOld) {
        conflicts.addAll(conflicts("old", old, "new", schema));
      }
    }
    return conflicts;
  }

  private static List<String> conflicts(
      String readerName, Schema reader, String writerName, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .stream()
        .map(found ->
            "The %s schema cannot read data of the %s schema: %s at %s (%s)"
                .formatted(
                    readerName,
                    writerName,
                    found.getType(),
                    found.getLocation(),
                    found.getMessage()))
        .toList();
  }
}
