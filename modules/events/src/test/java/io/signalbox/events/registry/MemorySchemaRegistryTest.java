package io.signalbox.events.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class MemorySchemaRegistryTest {
  private static final Schema INT = new Schema.Parser().parse("\"int\"");
  private static final Schema LONG = new Schema.Parser().parse("\"long\"");

  private final MemorySchemaRegistry registry = new MemorySchemaRegistry();

  @Test
  void aSchemaKeepsItsIdInEverySubject() {
    int id = registry.register("a", INT);
    assertEquals(id, registry.register("a", INT));
    assertEquals(id, registry.register("b", INT));
    assertNotEquals(id, registry.register("b", LONG));
    assertEquals(new RegisteredSchema("b", 2, 2, LONG), registry.latest("b"));
    assertEquals(List.of("a", "b"), registry.subjects());
  }

  @Test
  void anIncompatibleSchemaIsRefusedUnlessAnythingGoes() {
    registry.register("a", LONG);
    var error = assertThrows(RegistryException.class, () -> registry.register("a", INT));
    assertEquals(RegistryException.INCOMPATIBLE_SCHEMA, error.errorCode());
    registry.setCompatibility("a", Compatibility.NONE);
    assertEquals(2, registry.register("a", INT));
  }

  @Test
  void eachCompatibilityLooksItsOwnWay() {
    assertEquals(List.of(), check(Compatibility.BACKWARD, LONG, INT));
    assertEquals(1, check(Compatibility.FORWARD, LONG, INT).size());
    assertEquals(1, check(Compatibility.FULL, LONG, INT).size());
    assertEquals(List.of(), check(Compatibility.FORWARD, INT, LONG));
    Schema text = new Schema.Parser().parse("\"string\"");
    List<Schema> versions = List.of(text, INT);
    assertEquals(List.of(), SchemaCheck.incompatibilities(Compatibility.BACKWARD, versions, LONG));
    assertEquals(
        1, SchemaCheck.incompatibilities(Compatibility.BACKWARD_TRANSITIVE, versions, LONG).size());
  }

  @Test
  void aMockUrlNamesOneRegistryInThisJvm() {
    SchemaRegistry one = SchemaRegistries.connect(Map.of("schema.registry.url", "mock://one"));
    assertSame(one, SchemaRegistries.inMemory("one"));
    assertNotSame(one, SchemaRegistries.inMemory("other"));
    SchemaRegistries.dropInMemory("one");
    assertNotSame(one, SchemaRegistries.inMemory("one"));
  }

  @Test
  void clientsWithTheSameSettingsAreOne() {
    Map<String, ?> config = Map.of("schema.registry.url", "http://127.0.0.1:1");
    SchemaRegistry one = SchemaRegistries.connect(config);
    assertSame(one, SchemaRegistries.connect(config));
    assertNotSame(
        one,
        SchemaRegistries.connect(
            Map.of("schema.registry.url", "http://127.0.0.1:1", "bearer.auth.token", "t")));
  }

  private static List<String> check(Compatibility compatibility, Schema next, Schema old) {
    return SchemaCheck.incompatibilities(compatibility, List.of(old), next);
  }
}
