package io.signalbox.cli.settings;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.core.hotspot.HotspotSettings;
import io.signalbox.core.hotspot.Threshold;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether simulated operations are watched, and what makes them hot. */
public final class AdaptationOptions {
  /** Whether they are. */
  enum Mode {
    /** They are. */
    ON,
    /** They aren't. */
    OFF;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--adaptation",
      paramLabel = "MODE",
      defaultValue = "off",
      description =
          "Watch operations as engines do, and let the policy plb lean towards hot ones: on or off."
              + " Default: off.")
  private Mode mode = Mode.OFF;

  @Option(
      names = "--hot-rate",
      paramLabel = "PER_SECOND",
      description =
          "With --adaptation on: attempts a second on a class beyond which an operation is hot,"
              + " beside what its own past says (hotspots.frequency.absolute of an engine).")
  private @Nullable Double rate;

  /** What makes an operation hot; null when nobody watches. */
  public @Nullable HotspotSettings settings() {
    if (rate != null && mode == Mode.OFF) {
      throw CommandFailure.usage("--hot-rate says what is hot; give --adaptation on, too");
    }
    if (mode == Mode.OFF) {
      return null;
    }
    HotspotSettings usual = HotspotSettings.DEFAULT;
    try {
      return rate == null
          ? usual
          : usual.withFrequency(new Threshold(rate, usual.frequency().deviations()));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--hot-rate: " + e.getMessage(), e);
    }
  }
}
