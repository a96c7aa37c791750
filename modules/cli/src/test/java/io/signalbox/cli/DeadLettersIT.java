package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.client.SignalboxClient;
import io.signalbox.devkit.Devkit;
import io.signalbox.engine.Engine;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.events.connection.Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A record that the engine refuses is found, looked at and sent once more from the command line.
 */
class DeadLettersIT {
  private static final Path CONFIG = Path.of(System.getProperty("signalbox.root"), "config");

  @TempDir private Path folder = Path.of("");

  @Test
  void whatIsRefusedIsListedShownAndReplayed() throws IOException {
    try (Devkit devkit = Devkit.start();
        Engine engine = Engine.start(settings(devkit.connection()))) {
      assertTrue(engine.httpAddress().getPort() > 0);
      try (SignalboxClient client = SignalboxClient.connect(devkit.connection())) {
        client.cancel("default", "nobody", "").block(Duration.ofSeconds(30));
      }
      JsonNode letter = await(devkit, 1).get(0);
      assertTrue(letter.path("reason").asText().contains("there is no job 'nobody'"));
      assertEquals("signalbox.control", letter.path("topic").asText());
      String id = letter.path("id").asText();
      JsonNode shown = json(devkit, "show", id);
      assertEquals(shown.path("bytes").asInt() * 2, shown.path("hex").asText().length());
      assertEquals(id, json(devkit, "replay", id).path("replayed").get(0).asText());
      await(devkit, 2);
      assertEquals(0, json(devkit, "list", "--reason", "nothing of the kind").size());
      Said missing = said(devkit, "show", "0:999");
      assertEquals(1, missing.exitCode());
      assertTrue(missing.err().contains("there is no such dead letter: 0:999"), missing::err);
    }
  }

  /** Asks until the engine has refused so many; each question takes its time. */
  private static JsonNode await(Devkit devkit, int count) throws IOException {
    JsonNode letters = json(devkit, "list");
    for (int tries = 0; letters.size() < count && tries < 200; tries++) {
      letters = json(devkit, "list");
    }
    assertEquals(count, letters.size());
    return letters;
  }

  private static JsonNode json(Devkit devkit, String... more) throws IOException {
    Said said = said(devkit, more);
    assertEquals(0, said.exitCode(), said::err);
    return new ObjectMapper().readTree(said.out());
  }

  private static Said said(Devkit devkit, String... more) {
    List<String> args = new ArrayList<>(List.of("dead-letters"));
    args.addAll(List.of(more));
    args.addAll(List.of("--format", "json"));
    args.addAll(List.of("--bootstrap-servers", devkit.connection().bootstrapServers()));
    return Said.by(args.toArray(String[]::new));
  }

  private EngineSettings settings(Connection connection) {
    Map<String, String> values = new HashMap<>();
    values.put("http.port", "0");
    values.put("topics.replicationFactor", "1");
    values.put("topics.poolPartitions", "1");
    values.put("topics.lanesPerClass", "1");
    values.put("stateFolder", folder.toString());
    return EngineSettings.load(
            CONFIG.resolve("engine.yaml"), CONFIG.resolve("device-classes.yaml"), values)
        .withConnection(connection);
  }
}
