package io.signalbox.events.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaDocsTest {
  private static final Map<String, String> UNIT_OF_WORD =
      Map.of(
          "timeout", "Millis",
          "ttl", "Millis",
          "latency", "Millis",
          "duration", "Micros",
          "size", "Bytes",
          "memory", "Bytes",
          "bandwidth", "BytesPerSecond",
          "power", "Watts");
  // A point in time is named for the moment, not for a unit.
  private static final Pattern MOMENT =
      Pattern.compile("at|deadline|.*(At|By|Time|Start|End|Finish|Deadline)");
  private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][A-Za-z0-9]*");

  private final List<String> faults = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  @Test
  void everyTypeAndFieldIsDocumented() {
    eachField((owner, field) -> {
      require(owner.getDoc() != null && !owner.getDoc().isBlank(), owner, "has no doc");
      require(
          field.doc() != null && field.doc().endsWith("."),
          owner,
          field.name() + " has no doc that is a sentence");
    });
  }

  @Test
  void momentsAreTimestampsAndNothingElseIs() {
    eachField((owner, field) -> {
      boolean named = MOMENT.matcher(field.name()).matches();
      boolean typed =
          branches(field.schema()).stream()
              .anyMatch(type -> "timestamp-micros".equals(type.getProp("logicalType")));
      require(named == typed, owner, field.name() + " must be timestamp-micros just if a time");
    });
  }

  @Test
  void unitsStandLastInNames() {
    eachField((owner, field) -> {
      require(CAMEL_CASE.matcher(field.name()).matches(), owner, field.name() + " isn't a name");
      boolean number =
          branches(field.schema()).stream()
              .map(Schema::getType)
              .anyMatch(Set.of(Schema.Type.LONG, Schema.Type.DOUBLE)::contains);
      UNIT_OF_WORD.forEach((word, unit) ->
          require(
              !number || !field.name().startsWith(word) || field.name().endsWith(unit),
              owner,
              field.name() + " must end in " + unit));
    });
  }

  private void eachField(java.util.function.BiConsumer<Schema, Schema.Field> check) {
    SchemaFiles.read(SchemaFiles.FOLDER).values().forEach(schema -> walk(schema, check));
    assertEquals(List.of(), faults);
  }

  private void walk(Schema schema, java.util.function.BiConsumer<Schema, Schema.Field> check) {
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.add(schema.getFullName())) {
          for (Schema.Field field : schema.getFields()) {
            check.accept(schema, field);
            walk(field.schema(), check);
          }
        }
      }
      case ENUM -> require(schema.getDoc() != null, schema, "has no doc");
      case ARRAY -> walk(schema.getElementType(), check);
      case MAP -> walk(schema.getValueType(), check);
      case UNION -> schema.getTypes().forEach(branch -> walk(branch, check));
      default -> {
        // Nothing is inside a primitive type.
      }
    }
  }

  private static List<Schema> branches(Schema schema) {
    return schema.getType() == Schema.Type.UNION ? schema.getTypes() : List.of(schema);
  }

  private void require(boolean holds, Schema owner, String fault) {
    if (!holds) {
      faults.add(owner.getName() + ": " + fault);
    }
  }
}
