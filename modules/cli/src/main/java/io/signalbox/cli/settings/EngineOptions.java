package io.signalbox.cli.settings;

import io.signalbox.cli.cluster.EngineApi;
import picocli.CommandLine.Option;

/** Options of commands that ask the engine. */
public final class EngineOptions {
  @Option(
      names = "--engine",
      paramLabel = "URL",
      defaultValue = "${env:SIGNALBOX_ENGINE:-http://127.0.0.1:8090}",
      description = "The engine's HTTP API. Default: SIGNALBOX_ENGINE, else http://127.0.0.1:8090.")
  private String engine = "http://127.0.0.1:8090";

  /** The engine's API. */
  public EngineApi api() {
    return new EngineApi(engine);
  }
}
