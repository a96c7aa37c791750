package io.signalbox.cli.settings;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Outage;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options that say how far simulated runs stray from what is expected. */
public final class DisturbanceOptions {
  private static final Pattern STRAGGLERS = Pattern.compile("([0-9.eE+-]+):([0-9.eE+-]+)");
  private static final Pattern OUTAGE = Pattern.compile("(.+)@([0-9.eE+-]+?)(?::([0-9.eE+-]+))?");

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

  @Option(
      names = "--lose",
      paramLabel = "DEVICE@SECONDS[:UNTIL]",
      description =
          "Let a device fall silent at a time, and come back at another one or never; for instance"
              + " gpu-3@10:60. What it runs is lost, and found out by its silence. May be repeated.")
  private List<String> losses = List.of();

  /** What was asked for. */
  public Disturbance disturbance() {
    Matcher parts = STRAGGLERS.matcher(stragglers);
    if (!parts.matches()) {
      throw CommandFailure.usage(
          "--stragglers must be P:X, a probability and a factor such as 0.02:5, is '%s'"
              .formatted(stragglers));
    }
    List<Outage> outages = losses.stream().map(DisturbanceOptions::outage).toList();
    try {
      Disturbance disturbance =
          new Disturbance(
              sigma, Double.parseDouble(parts.group(1)), Double.parseDouble(parts.group(2)));
      return outages.isEmpty() ? disturbance : disturbance.withOutages(outages);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--noise, --stragglers, --lose: " + e.getMessage(), e);
    }
  }

  private static Outage outage(String text) {
    Matcher parts = OUTAGE.matcher(text);
    if (!parts.matches()) {
      throw CommandFailure.usage(
          "--lose must be DEVICE@SECONDS[:UNTIL], for instance gpu-3@10:60, is '%s'"
              .formatted(text));
    }
    try {
      double from = Double.parseDouble(parts.group(2));
      String until = parts.group(3);
      return until == null
          ? new Outage(parts.group(1), from)
          : new Outage(parts.group(1), from, Double.parseDouble(until));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--lose %s: %s".formatted(text, e.getMessage()), e);
    }
  }
}
