package io.signalbox.events.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.events.registry.Compatibility;
import io.signalbox.events.registry.SchemaCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaEvolutionTest {
  private static final String LONG = "\"name\": \"sizeBytes\",\n      \"type\": \"long\"";
  private static final String INT = "\"name\": \"sizeBytes\",\n      \"type\": \"int\"";

  @TempDir Path copy;

  @Test
  void todaysSchemasReadWhatEveryReleasedVersionWrote() {
    assertFalse(SchemaFiles.released().isEmpty(), "no released version to compare with");
    for (Path version : SchemaFiles.released()) {
      assertEquals(List.of(), incompatibilities(version, SchemaFiles.FOLDER), version.toString());
    }
  }

  @Test
  void aFieldWithoutADefaultIsCaught() throws IOException {
    change("Control.avsc", "\"fields\": [", "\"fields\": [{\"name\": \"x\", \"type\": \"int\"},");
    assertCaught("a new field has no default");
  }

  @Test
  void anotherTypeIsCaught() throws IOException {
    change("ExecutionTrace.avsc", "\"type\": \"boolean\"", "\"type\": \"string\"");
    assertCaught("another type");
  }

  @Test
  void aRemovedSymbolIsCaught() throws IOException {
    change("TaskEvent.avsc", "\"RELEASED\"", "\"RETURNED\"");
    assertCaught("symbols are missing");
  }

  @Test
  void aChangeDeepInAReferredSchemaIsCaught() throws IOException {
    change("Content.avsc", LONG, INT);
    assertCaught("another type");
  }

  @Test
  void aFieldWithADefaultPasses() throws IOException {
    change(
        "Control.avsc",
        "\"fields\": [",
        "\"fields\": [{\"name\": \"x\", \"type\": \"int\", \"default\": 0},");
    assertEquals(List.of(), incompatibilities(SchemaFiles.FOLDER, copy));
  }

  private void change(String file, String from, String to) throws IOException {
    try (Stream<Path> files = Files.list(SchemaFiles.FOLDER)) {
      for (Path original : files.filter(Files::isRegularFile).toList()) {
        Files.copy(original, copy.resolve(original.getFileName()));
      }
    }
    String text = Files.readString(copy.resolve(file));
    assertTrue(text.contains(from), "nothing to change in " + file);
    Files.writeString(
        copy.resolve(file), text.replaceFirst(java.util.regex.Pattern.quote(from), to));
  }

  private void assertCaught(String reason) {
    List<String> reasons = incompatibilities(SchemaFiles.FOLDER, copy);
    assertTrue(reasons.toString().contains(reason), reasons.toString());
  }

  private static List<String> incompatibilities(Path before, Path after) {
    Map<String, Schema> next = SchemaFiles.read(after);
    return SchemaFiles.read(before).entrySet().stream()
        .flatMap(old ->
            SchemaCheck.incompatibilities(
                Compatibility.BACKWARD, List.of(old.getValue()), present(next, old.getKey()))
                .stream())
        .toList();
  }

  private static Schema present(Map<String, Schema> schemas, String name) {
    Schema schema = schemas.get(name);
    assertTrue(schema != null, name + ".avsc is gone");
    return schema;
  }
}
