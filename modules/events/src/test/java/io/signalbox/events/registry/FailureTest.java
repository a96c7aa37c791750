package io.signalbox.events.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailureTest {
  private static final String SUBJECTS = "[\"a\"]";

  private final ScriptedServer first;
  private final ScriptedServer second;
  private final List<Long> pauses = new ArrayList<>();

  FailureTest() throws IOException {
    first = new ScriptedServer();
    second = new ScriptedServer();
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  @Test
  void errorsOfTheServerAreTriedAgainWithGrowingPauses() {
    first.then(500, "").then(503, "").then(429, "").then(200, SUBJECTS);
    assertEquals(List.of("a"), registry(first.url()).subjects());
    assertEquals(List.of(200L, 400L, 800L), pauses);
  }

  @Test
  void theEndIsAnErrorThatCanBeRetriedLater() {
    SchemaRegistry registry =
        registry(first.url(), Map.of("max.retries", 4, "retries.max.wait.ms", 500));
    var error = assertThrows(RegistryUnavailableException.class, registry::subjects);
    assertInstanceOf(RetriableException.class, error);
    assertTrue(error.getMessage().contains(first.url()), error.getMessage());
    assertTrue(error.getMessage().contains("HTTP status 500; tried 5 times"), error.getMessage());
    assertEquals(List.of(200L, 400L, 500L, 500L), pauses);
    assertEquals(5, first.requests.size());
  }

  @Test
  void aRefusedConnectionIsTheSame() {
    String url = first.url();
    first.close();
    var error = assertThrows(RegistryUnavailableException.class, () -> registry(url).subjects());
    assertInstanceOf(IOException.class, error.getCause());
    assertEquals(3, pauses.size());
  }

  @Test
  void theNextUrlAnswersForADeadOneAndIsAskedFirstFromThenOn() {
    String dead = first.url();
    first.close();
    SchemaRegistry registry = registry(dead + "," + second.url());
    second.then(200, SUBJECTS).then(200, SUBJECTS);
    assertEquals(List.of("a"), registry.subjects());
    assertEquals(List.of("a"), registry.subjects());
    assertEquals(List.of(), pauses);
  }

  @Test
  void aRefusalIsNotAskedElsewhere() {
    first.then(401, "{\"error_code\":401,\"message\":\"who are you\"}");
    SchemaRegistry registry = registry(first.url() + "," + second.url());
    var error = assertThrows(RegistryException.class, registry::subjects);
    assertTrue(error.getMessage().contains("check basic.auth.user.info"), error.getMessage());
    assertEquals(0, second.requests.size());
  }

  @Test
  void anInterruptEndsTheWaiting() {
    RegistrySettings settings = settings(first.url(), Map.of());
    SchemaRegistry registry =
        new RestSchemaRegistry(
            settings,
            millis -> {
              throw new InterruptedException();
            });
    assertThrows(InterruptException.class, registry::subjects);
    assertTrue(Thread.interrupted(), "the thread's flag is set again");
  }

  private SchemaRegistry registry(String urls) {
    return registry(urls, Map.of());
  }

  private SchemaRegistry registry(String urls, Map<String, ?> more) {
    return new RestSchemaRegistry(settings(urls, more), pauses::add);
  }

  private static RegistrySettings settings(String urls, Map<String, ?> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("schema.registry.url", urls);
    return RegistrySettings.of(config);
  }
}
