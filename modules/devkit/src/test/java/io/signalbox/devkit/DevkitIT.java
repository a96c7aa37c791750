package io.signalbox.devkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevkitIT {
  @Test
  void connectionNamesBoth() {
    try (Devkit devkit = Devkit.start()) {
      assertEquals(devkit.bootstrapServers(), devkit.connection().bootstrapServers());
      assertEquals(devkit.schemaRegistryUrl(), devkit.connection().schemaRegistryUrl());
    }
  }

  @Test
  void schemasAndLevelsSurviveARestart(@TempDir Path folder) {
    String subjects;
    String schema = "{\"type\":\"enum\",\"name\":\"Colour\",\"symbols\":[\"RED\"]}";
    int id;
    try (Devkit devkit = Devkit.builder().dataFolder(folder).start();
        RegistryCalls calls = new RegistryCalls(devkit.schemaRegistryUrl())) {
      id = calls.post("/subjects/colour/versions", schema).body().path("id").asInt();
      calls.post("/subjects/gone/versions", "\"string\"");
      calls.delete("/subjects/gone");
      calls.put("/config", Map.of("compatibility", "FULL"));
      calls.put("/config/colour", Map.of("compatibility", "NONE"));
      subjects = calls.get("/subjects?deleted=true").body().toString();
    }
    try (Devkit devkit = Devkit.builder().dataFolder(folder).start();
        RegistryCalls calls = new RegistryCalls(devkit.schemaRegistryUrl())) {
      assertEquals(id, calls.post("/subjects/colour", schema).body().path("id").asInt());
      assertEquals("[\"colour\"]", calls.get("/subjects").body().toString());
      assertEquals(subjects, calls.get("/subjects?deleted=true").body().toString());
      assertEquals("FULL", calls.get("/config").body().path("compatibilityLevel").asText());
      assertEquals("NONE", calls.get("/config/colour").body().path("compatibilityLevel").asText());
      int next = calls.post("/subjects/next/versions", "\"long\"").body().path("id").asInt();
      assertTrue(next > id + 1, "the id of a deleted schema is not used again: " + next);
    }
  }

  @Test
  void registryPortInUseIsNamedAndTheBrokerStops(@TempDir Path folder) {
    try (Devkit devkit = Devkit.start()) {
      int taken = devkit.registry().port();
      Devkit.Builder second = Devkit.builder().registryPort(taken).dataFolder(folder);
      String message = assertThrows(DevkitException.class, second::start).getMessage();
      assertTrue(message.startsWith("Port " + taken + " on 127.0.0.1 is not free"), message);
    }
    Devkit.builder().dataFolder(folder).start().close();
  }

  @Test
  void topicsAreAwaitedUntilTheyAreThereOrTimeIsUp() throws Exception {
    try (Devkit devkit = Devkit.start()) {
      new Records(devkit.bootstrapServers()).createTopic("there", 8);
      devkit.awaitTopics(List.of("there"), Duration.ofSeconds(30));
      String message =
          assertThrows(
                  TimeoutException.class,
                  () -> devkit.awaitTopics(List.of("not-there"), Duration.ZERO))
              .getMessage();
      assertTrue(message.contains("not-there"), message);
    }
  }
}
