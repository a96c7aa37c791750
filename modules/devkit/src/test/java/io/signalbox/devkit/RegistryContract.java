package io.signalbox.devkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.devkit.RegistryCalls.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What Signalbox and its users need of any registry that speaks Confluent's REST API. It runs
 * against the embedded registry and against a real one; each test has its own subject and type.
 */
abstract class RegistryContract {
  private String subject = "";
  private String type = "";

  abstract RegistryCalls registry();

  @BeforeEach
  void ownSubject(TestInfo test) {
    type = test.getTestMethod().orElseThrow().getName();
    subject = type + "-value";
  }

  /** A record with these fields, written as {@code "name"} or as {@code "name": default}. */
  private String schema(String... fields) {
    StringBuilder text = new StringBuilder();
    for (String field : fields) {
      String[] parts = field.split("=");
      text.append(text.isEmpty() ? "" : ",")
          .append("{\"name\":\"%s\",\"type\":\"string\"".formatted(parts[0]))
          .append(parts.length > 1 ? ",\"default\":\"%s\"}".formatted(parts[1]) : "}");
    }
    return "{\"type\":\"record\",\"name\":\"%s\",\"namespace\":\"t\",\"fields\":[%s]}"
        .formatted(type, text);
  }

  private Answer register(String schema) {
    return registry().post("/subjects/" + subject + "/versions", schema);
  }

  private int idOf(Answer answer) {
    assertEquals(200, answer.status(), answer.toString());
    return answer.body().path("id").asInt();
  }

  private void level(String level) {
    assertEquals(
        200, registry().put("/config/" + subject, Map.of("compatibility", level)).status());
  }

  /** The HTTP status that goes with an error code; a registry may differ from Confluent's. */
  int statusOf(int errorCode) {
    return errorCode > 999 ? errorCode / 100 : errorCode;
  }

  void assertError(int code, Answer answer) {
    assertEquals(statusOf(code), answer.status(), answer.toString());
    assertEquals(code, answer.errorCode(), answer.toString());
    assertTrue(answer.body().path("message").isTextual(), answer.toString());
  }

  @Test
  void registeredSchemaIsReadBackByIdAndVersion() {
    int id = idOf(register(schema("a")));
    Answer byId = registry().get("/schemas/ids/" + id);
    Answer byVersion = registry().get("/subjects/" + subject + "/versions/1");
    assertEquals(Schemas.parse(schema("a")), Schemas.parse(byId.body().path("schema").asText()));
    assertEquals(subject, byVersion.body().path("subject").asText());
    assertEquals(1, byVersion.body().path("version").asInt());
    assertEquals(id, byVersion.body().path("id").asInt());
    assertEquals(
        byVersion.body(), registry().get("/subjects/" + subject + "/versions/latest").body());
    Answer raw = registry().get("/subjects/" + subject + "/versions/1/schema");
    assertEquals(type, raw.body().path("name").asText());
  }

  @Test
  void sameSchemaGivesTheSameIdInEverySubject() {
    int id = idOf(register(schema("a")));
    assertEquals(id, idOf(register(schema("a"))));
    assertEquals(
        id, idOf(registry().post("/subjects/other-" + subject + "/versions", schema("a"))));
    assertEquals("[1]", registry().get("/subjects/" + subject + "/versions").body().toString());
    assertNotEquals(id, idOf(register(schema("a", "b=x"))));
  }

  @Test
  void schemaIsLookedUpUnderItsSubject() {
    int id = idOf(register(schema("a")));
    Answer found = registry().post("/subjects/" + subject, schema("a"));
    assertEquals(id, found.body().path("id").asInt(), found.toString());
    assertEquals(1, found.body().path("version").asInt());
    assertError(40403, registry().post("/subjects/" + subject, schema("unknown")));
    assertError(40401, registry().post("/subjects/nobody-" + subject, schema("a")));
  }

  @Test
  void subjectsAndVersionsAreListed() {
    register(schema("a"));
    register(schema("a", "b=x"));
    assertEquals("[1,2]", registry().get("/subjects/" + subject + "/versions").body().toString());
    assertTrue(texts(registry().get("/subjects")).contains(subject));
  }

  @Test
  void usesOfAnIdAreListed() {
    int id = idOf(register(schema("a")));
    Answer uses = registry().get("/schemas/ids/" + id + "/versions");
    assertEquals(subject, uses.body().path(0).path("subject").asText(), uses.toString());
    assertEquals(1, uses.body().path(0).path("version").asInt());
  }

  @Test
  void whatIsNotThereHasItsOwnErrorCode() {
    register(schema("a"));
    assertError(40401, registry().get("/subjects/nobody-" + subject + "/versions"));
    assertError(40401, registry().get("/subjects/nobody-" + subject + "/versions/1"));
    assertError(40402, registry().get("/subjects/" + subject + "/versions/99"));
    assertError(40403, registry().get("/schemas/ids/987654"));
    assertError(40401, registry().delete("/subjects/nobody-" + subject));
  }

  @Test
  void whatIsNoAvroSchemaIsRefused() {
    assertError(42201, register("{\"type\":\"record\"}"));
    assertError(42201, register("{\"type\":\"no-such-type\"}"));
  }

  @Test
  void backwardTakesNewFieldsWithDefaultsOnly() {
    level("BACKWARD");
    register(schema("a"));
    assertError(409, register(schema("a", "b")));
    assertEquals(200, register(schema("a", "b=x")).status());
    assertEquals(200, register(schema("b=x")).status());
  }

  @Test
  void forwardLetsOnlyFieldsWithDefaultsGo() {
    level("FORWARD");
    register(schema("a", "b=x"));
    assertError(409, register(schema("b=x")));
    assertEquals(200, register(schema("a", "c")).status());
  }

  @Test
  void fullAsksForDefaultsBothWays() {
    level("FULL");
    register(schema("a"));
    assertError(409, register(schema("a", "b")));
    assertError(409, register(schema()));
    assertEquals(200, register(schema("a", "b=x")).status());
  }

  @Test
  void transitiveLevelsLookAtEveryVersion() {
    level("BACKWARD");
    register(schema("a"));
    register(schema("a", "b=x"));
    // It can read the second version's data, whose writer always wrote b, but not the first's.
    String third = schema("a", "b");
    assertTrue(compatible("latest", third));
    assertFalse(compatible("1", third));
    level("BACKWARD_TRANSITIVE");
    assertError(409, register(third));
    level("BACKWARD");
    assertEquals(200, register(third).status());
  }

  @Test
  void noneTakesAnything() {
    level("NONE");
    register(schema("a"));
    assertEquals(200, register(schema("b")).status());
  }

  @Test
  void levelsAreKeptBySubject() {
    level("FORWARD_TRANSITIVE");
    assertEquals(
        "FORWARD_TRANSITIVE",
        registry().get("/config/" + subject).body().path("compatibilityLevel").asText());
    assertError(42203, registry().put("/config/" + subject, Map.of("compatibility", "SIDEWAYS")));
    assertTrue(registry().get("/config").body().path("compatibilityLevel").isTextual());
  }

  @Test
  void deletedVersionIsHiddenUntilItIsDeletedForGood() {
    int id = idOf(register(schema("a")));
    register(schema("a", "b=x"));
    String versions = "/subjects/" + subject + "/versions";
    assertError(40407, registry().delete(versions + "/1?permanent=true"));
    assertEquals("1", registry().delete(versions + "/1").body().toString());
    assertEquals("[2]", registry().get(versions).body().toString());
    assertError(40402, registry().get(versions + "/1"));
    assertEquals(200, registry().get("/schemas/ids/" + id).status());
    assertEquals("[1,2]", registry().get(versions + "?deleted=true").body().toString());
    assertError(40406, registry().delete(versions + "/1"));
    assertEquals("1", registry().delete(versions + "/1?permanent=true").body().toString());
    assertEquals("[2]", registry().get(versions + "?deleted=true").body().toString());
  }

  @Test
  void deletedSubjectIsHiddenUntilItIsDeletedForGood() {
    register(schema("a"));
    register(schema("a", "b=x"));
    assertError(40405, registry().delete("/subjects/" + subject + "?permanent=true"));
    assertEquals("[1,2]", registry().delete("/subjects/" + subject).body().toString());
    assertFalse(texts(registry().get("/subjects")).contains(subject));
    assertError(40401, registry().get("/subjects/" + subject + "/versions"));
    assertTrue(texts(registry().get("/subjects?deleted=true")).contains(subject));
    assertEquals(
        "[1,2]", registry().delete("/subjects/" + subject + "?permanent=true").body().toString());
    assertFalse(texts(registry().get("/subjects?deleted=true")).contains(subject));
  }

  @Test
  void versionNumbersGoOnAfterADeletion() {
    int id = idOf(register(schema("a")));
    registry().delete("/subjects/" + subject);
    assertEquals(id, idOf(register(schema("a"))));
    assertEquals("[2]", registry().get("/subjects/" + subject + "/versions").body().toString());
  }

  @Test
  void avroIsAmongTheTypesAndWritingIsAllowed() {
    assertTrue(texts(registry().get("/schemas/types")).contains("AVRO"));
    assertEquals("READWRITE", registry().get("/mode").body().path("mode").asText());
  }

  private boolean compatible(String version, String schema) {
    Answer answer =
        registry().post("/compatibility/subjects/" + subject + "/versions/" + version, schema);
    assertEquals(200, answer.status(), answer.toString());
    return answer.body().path("is_compatible").asBoolean();
  }

  private static List<String> texts(Answer answer) {
    return StreamSupport.stream(answer.body().spliterator(), false)
        .map(node -> node.asText())
        .toList();
  }
}
