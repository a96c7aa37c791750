package io.signalbox.engine;

import io.signalbox.engine.scheduling.Records;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.events.connection.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of an engine in a test: one class, free ports, a state folder of its own. */
public final class TestSettings {
  private TestSettings() {}

  /** Settings with overrides, name and value in turn. */
  public static EngineSettings of(Connection connection, Path folder, String... overrides) {
    Map<String, String> values = new HashMap<>();
    values.put("http.port", "0");
    values.put("topics.poolPartitions", "2");
    values.put("topics.lanesPerClass", "3");
    values.put("topics.replicationFactor", "1");
    values.put("stateFolder", folder.resolve("state").toString());
    for (int i = 0; i < overrides.length; i += 2) {
      values.put(overrides[i], overrides[i + 1]);
    }
    try {
      Path engine = Files.writeString(folder.resolve("engine.yaml"), "");
      Path classes =
          Files.writeString(
              folder.resolve("classes.yaml"),
              "classes:\n  - {name: " + Records.GPU + ", fp16Tflops: 100}\n");
      return EngineSettings.load(engine, classes, values).withConnection(connection);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
