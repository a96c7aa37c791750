package io.signalbox.cli.settings;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.simulator.scenario.Disturbance;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options that say how far simulated run times stray from the expected ones. */
public final class DisturbanceOptions {
  private static final Pattern STRAGGLERS = Pattern.compile("([0-9.eE+-]+):([0-9.eE+-]+)");

  @Option(
      names = "--noise",
      paramLabel = "SIGMA",
      defaultValue = "0",
      description =
          "Multiply every attempt's run time by a log-normal factor of mean 1 and this sigma."
              + " Default: 0, exact times.")
  private double sigma;

  @Option(
      names = "--stragglers",
      paramLabel = "P:X",
      defaultValue = "0:1",
      description =
          "Let an attempt take X times as long with probability P, for instance 0.02:5."
              + " Default: none.")
  private String stragglers = "0:1";

  /** What was asked for. */
  public Disturbance disturbance() {
    Matcher parts = STRAGGLERS.matcher(stragglers);
    if (!parts.matches()) {
      throw CommandFailure.usage(
          "--stragglers must be P:X, a probability and a factor such as 0.02:5, is '%s'"
              .formatted(stragglers));
    }
    try {
      return new Disturbance(
          sigma, Double.parseDouble(parts.group(1)), Double.parseDouble(parts.group(2)));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--noise, --stragglers: " + e.getMessage(), e);
    }
  }
}
