package io.signalbox.cli.settings;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.simulator.workload.TimeScale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say how long tasks take. */
public final class WorkloadOptions {
  @Mixin private final SpeedsOptions speeds = new SpeedsOptions();

  @Option(
      names = "--time-scale",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Run N times faster than the workload's own time, N > 0. Fleet and jobs must agree on"
              + " it. Default: 1.")
  private double timeScale = 1;

  /** Which speeds file was named. */
  public SpeedsOptions speeds() {
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
