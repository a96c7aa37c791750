package io.signalbox.cli.settings;

import io.signalbox.core.pool.PoolSettings.Speculation;
import io.signalbox.simulator.policy.Policies;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Whether simulated stragglers get second copies. */
public final class SpeculationOptions {
  /** When they do. */
  enum Mode {
    /** Under the policy that pools use when nothing else is said. */
    AUTO,
    /** Under every policy. */
    ON,
    /** Never. */
    OFF;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--speculation",
      paramLabel = "MODE",
      defaultValue = "auto",
      description =
          "Race stragglers by a second copy: on or off under every policy, or auto, under the"
              + " policy that engines use by default but not under the baselines. Default: auto.")
  private Mode mode = Mode.AUTO;

  /** What was asked for, for a policy. */
  public Speculation of(String policy) {
    return switch (mode) {
      case AUTO -> Policies.speculation(policy);
      case ON -> Speculation.DEFAULT;
      case OFF -> Speculation.OFF;
    };
  }
}
