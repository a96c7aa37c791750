package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.signalbox.devkit.Devkit;
import io.signalbox.engine.Engine;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.events.connection.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How tasks are placed is changed from the command line while an engine runs. */
class PolicyIT {
  private static final Path CONFIG = Path.of(System.getProperty("signalbox.root"), "config");

  @TempDir private Path folder = Path.of("");

  @Test
  void aChangeIsSeenAndOutlivesTheEngine() throws IOException {
    try (Devkit devkit = Devkit.start()) {
      try (Engine engine = Engine.start(settings(devkit.connection(), "first"))) {
        JsonNode changed =
            policy(devkit, engine, "--set", "policy=late", "--set", "fairness.weights.team=3");
        assertEquals("late", changed.path("policy").asText());
        assertEquals("3", changed.path("options").path("fairness.weights.team").asText());
      }
      try (Engine next = Engine.start(settings(devkit.connection(), "second"))) {
        assertEquals("late", policy(devkit, next).path("policy").asText());
        JsonNode back = policy(devkit, next, "--set", "policy=", "--set", "stealRatio=0.5");
        assertEquals("plb", back.path("policy").asText());
        assertFalse(back.path("changed").has("policy"), back::toString);
        assertEquals("0.5", back.path("changed").path("stealRatio").asText());
      }
    }
  }

  /** An engine that is too busy to answer once the order is written may show it later. */
  @Test
  void anEngineThatIsBusyMeanwhileIsAskedAgain() throws IOException {
    try (Devkit devkit = Devkit.start();
        Engine engine = Engine.start(settings(devkit.connection(), "busy"))) {
      policy(devkit, engine, "--set", "policy=late");
      AtomicInteger asked = new AtomicInteger();
      HttpServer front = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
      front.createContext(
          "/",
          exchange -> {
            String url = "http://127.0.0.1:" + engine.httpAddress().getPort();
            boolean busy = asked.incrementAndGet() > 1 && asked.get() < 5;
            byte[] body =
                busy
                    ? "{\"error\": \"busy\"}".getBytes(StandardCharsets.UTF_8)
                    : URI.create(url + exchange.getRequestURI())
                        .toURL()
                        .openStream()
                        .readAllBytes();
            exchange.sendResponseHeaders(busy ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      front.start();
      try {
        JsonNode changed = policy(devkit, front.getAddress().getPort(), "--set", "policy=fifo");
        assertEquals("fifo", changed.path("policy").asText());
        assertTrue(asked.get() >= 5);
      } finally {
        front.stop(0);
      }
    }
  }

  private static JsonNode policy(Devkit devkit, Engine engine, String... more) throws IOException {
    return policy(devkit, engine.httpAddress().getPort(), more);
  }

  private static JsonNode policy(Devkit devkit, int port, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("policy", "--format", "json", "--engine"));
    args.add("http://127.0.0.1:" + port);
    args.addAll(List.of("--bootstrap-servers", devkit.connection().bootstrapServers()));
    args.addAll(List.of("--schema-registry", devkit.connection().schemaRegistryUrl()));
    args.addAll(List.of(more));
    Said said = Said.by(args.toArray(String[]::new));
    assertEquals(0, said.exitCode(), said::err);
    return new ObjectMapper().readTree(said.out());
  }

  private EngineSettings settings(Connection connection, String name) {
    Map<String, String> values = new HashMap<>();
    values.put("http.port", "0");
    values.put("topics.replicationFactor", "1");
    values.put("topics.poolPartitions", "1");
    values.put("topics.lanesPerClass", "1");
    values.put("stateFolder", folder.resolve(name).toString());
    return EngineSettings.load(
            CONFIG.resolve("engine.yaml"), CONFIG.resolve("device-classes.yaml"), values)
        .withConnection(connection);
  }
}
