package io.signalbox.e2e;

import io.signalbox.engine.Engine;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.events.connection.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** An engine of this process with the configuration that ships, against any cluster. */
final class EngineUnderTest {
  private EngineUnderTest() {}

  static Engine start(Connection connection) {
    Map<String, String> overrides = new HashMap<>();
    overrides.put("bootstrapServers", connection.bootstrapServers());
    overrides.put("schemaRegistryUrl", connection.schemaRegistryUrl());
    overrides.put("http.port", "0");
    overrides.put("stateFolder", stateFolder().toString());
    Path config = Project.root().resolve("config");
    return Engine.start(
        EngineSettings.load(
            config.resolve("engine.yaml"), config.resolve("device-classes.yaml"), overrides));
  }

  private static Path stateFolder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Project.target()), "engine-state-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
