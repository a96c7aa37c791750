package io.signalbox.cli.bench;

import io.signalbox.bench.rig.BenchSettings;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.settings.ClusterOptions;
import io.signalbox.cli.settings.EngineSettingsOptions;
import io.signalbox.cli.settings.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a benchmark runs, and what its engine is told. */
final class BenchOptions {
  @Mixin private final ClusterOptions cluster = new ClusterOptions();
  @Mixin private final EngineSettingsOptions engine = new EngineSettingsOptions();

  @Option(
      names = "--guarantee",
      paramLabel = "GUARANTEE",
      defaultValue = "exactly-once",
      description = "exactly-once (default) or at-least-once.")
  private String guarantee = "exactly-once";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long each thing that is waited for may take. Default: 300.")
  private long timeoutSeconds = 300;

  /**
   * The settings.
   *
   * @param data folder for the broker's data and the engine's state
   */
  BenchSettings settings(Path data) {
    if (timeoutSeconds < 1 || timeoutSeconds > 86_400) {
      throw CommandFailure.usage("--timeout must be 1 to 86,400 seconds, not " + timeoutSeconds);
    }
    return new BenchSettings(
        cluster.namesBroker() ? cluster.reachable() : null,
        data,
        engine.file(),
        Home.config("device-classes.yaml"),
        guarantee(),
        engine.overrides(),
        Duration.ofSeconds(timeoutSeconds));
  }

  private String guarantee() {
    return switch (guarantee.toLowerCase(Locale.ROOT).replace('_', '-')) {
      case "exactly-once", "exactly-once-v2" -> "exactly_once_v2";
      case "at-least-once" -> "at_least_once";
      default ->
          throw CommandFailure.usage(
              "--guarantee must be exactly-once or at-least-once, not '" + guarantee + "'");
    };
  }
}
