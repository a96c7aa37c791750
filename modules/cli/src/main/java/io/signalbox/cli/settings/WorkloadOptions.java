package io.signalbox.cli.settings;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.simulator.workload.TimeScale;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how long tasks take. */
public final class WorkloadOptions {
  @Option(
      names = "--speeds",
      paramLabel = "FILE",
      description =
          "Speed of each operation on each device class, in units of work per second:"
              + " {\"default\": {class: speed}, \"operations\": {operation: {class: speed}}}.")
  private @Nullable Path speeds;

  @Option(
      names = "--time-scale",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Run N times faster than the workload's own time, N > 0. Fleet and jobs must agree on"
              + " it. Default: 1.")
  private double timeScale = 1;

  /** The speeds file that was named, or null. */
  public @Nullable Path speeds() {
    return speeds;
  }

  /** How much faster than the workload's time it runs. */
  public TimeScale timeScale() {
    try {
      return new TimeScale(timeScale);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--time-scale: " + e.getMessage(), e);
    }
  }
}
