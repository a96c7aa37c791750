package io.signalbox.events.registry;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaIncompatibilityType;

/** Whether a schema may follow others, by Avro's own rules of resolution. */
public final class SchemaCheck {
  private SchemaCheck() {}

  /**
   * Why {@code next} may not follow {@code versions}; empty when it may.
   *
   * @param compatibility the rule
   * @param versions earlier versions, the oldest first
   * @param next the candidate
   */
  public static List<String> incompatibilities(
      Compatibility compatibility, List<Schema> versions, Schema next) {
    List<Schema> counted =
        compatibility.isTransitive() || versions.isEmpty()
            ? versions
            : versions.subList(versions.size() - 1, versions.size());
    List<String> reasons = new ArrayList<>();
    for (Schema version : counted) {
      if (compatibility.isBackward()) {
        reasons.addAll(reasons(next, version));
      }
      if (compatibility.isForward()) {
        reasons.addAll(reasons(version, next));
      }
    }
    return List.copyOf(reasons);
  }

  private static List<String> reasons(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .stream()
        .map(found ->
            text(found.getType()) + " at " + found.getLocation() + ": " + found.getMessage())
        .toList();
  }

  private static String text(SchemaIncompatibilityType type) {
    return switch (type) {
      case NAME_MISMATCH -> "another name";
      case FIXED_SIZE_MISMATCH -> "another size";
      case MISSING_ENUM_SYMBOLS -> "symbols are missing";
      case READER_FIELD_MISSING_DEFAULT_VALUE -> "a new field has no default";
      case TYPE_MISMATCH -> "another type";
      case MISSING_UNION_BRANCH -> "a branch of the union is missing";
    };
  }
}
