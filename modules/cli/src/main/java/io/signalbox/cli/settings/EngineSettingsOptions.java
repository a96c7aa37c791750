package io.signalbox.cli.settings;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an engine that a command starts is told. */
public final class EngineSettingsOptions {
  @Option(
      names = "--engine-config",
      paramLabel = "FILE",
      description = "The engine's settings. Default: config/engine.yaml.")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of the engine that wins over its file, for instance pool.policy=fifo. May be"
              + " repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  /** The engine's settings: the file that was named, or the one that comes with the program. */
  public Path file() {
    return Home.given(file, "engine.yaml");
  }

  /** What wins over the file, by dotted key, in the order given. */
  public Map<String, String> overrides() {
    return Collections.unmodifiableMap(overrides);
  }
}
