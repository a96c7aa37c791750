package io.signalbox.devkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.devkit.RegistryCalls.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedRegistryContractIT extends RegistryContract {
  private static Devkit devkit;
  private static RegistryCalls calls;

  @BeforeAll
  static void start() {
    devkit = Devkit.start();
    calls = new RegistryCalls(devkit.schemaRegistryUrl());
  }

  @AfterAll
  static void stop() {
    calls.close();
    devkit.close();
  }

  @Override
  RegistryCalls registry() {
    return calls;
  }

  @Test
  void defaultLevelIsBackward() {
    assertEquals("BACKWARD", calls.get("/config").body().path("compatibilityLevel").asText());
  }

  @Test
  void whatOtherRegistriesAnswerDifferentlyIsAsConfluentSpecifies() {
    calls.post("/subjects/strict/versions", "\"string\"");
    assertError(42202, calls.get("/subjects/strict/versions/newest"));
    assertError(42202, calls.get("/subjects/strict/versions/0"));
    assertError(40408, calls.get("/config/strict"));
    assertError(40409, calls.get("/mode/strict"));
    assertError(40404, deleteTwice("/subjects/strict"));
  }

  private static Answer deleteTwice(String path) {
    calls.delete(path);
    return calls.delete(path);
  }

  @Test
  void referencesAndOtherTypesAreRefusedWithAReason() {
    Map<String, ?> reference = Map.of("name", "t.Other", "subject", "other", "version", 1);
    Answer references =
        calls.call(
            "POST",
            "/subjects/referring/versions",
            Map.of("schema", "\"string\"", "references", List.of(reference)));
    assertEquals(42201, references.errorCode());
    assertTrue(references.body().path("message").asText().contains("references"));
    Answer protobuf =
        calls.call(
            "POST",
            "/subjects/foreign/versions",
            Map.of("schema", "message A {}", "schemaType", "PROTOBUF"));
    assertEquals(42201, protobuf.errorCode());
  }

  @Test
  void malformedRequestsAreAnsweredNotDropped() {
    assertEquals(400, calls.call("POST", "/subjects/odd/versions", List.of(1)).status());
    assertEquals(404, calls.get("/nowhere").status());
    assertEquals(405, calls.delete("/schemas/types").status());
  }

  @Test
  void subjectsMayHaveAnyCharacter() {
    assertEquals(200, calls.post("/subjects/a%2Fb%20c+d/versions", "\"string\"").status());
    assertEquals(
        "a/b c+d", calls.get("/subjects/a%2Fb%20c+d/versions/1").body().path("subject").asText());
  }
}
