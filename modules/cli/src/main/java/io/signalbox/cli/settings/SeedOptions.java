package io.signalbox.cli.settings;

import io.signalbox.cli.output.CommandFailure;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that says which dice are thrown. */
public final class SeedOptions {
  private static final int MOST = 1_000;

  @Option(
      names = {"--seed", "--seeds"},
      paramLabel = "N",
      split = ",",
      defaultValue = "1",
      description =
          "Seed of all that is random, one or several; equal seeds give equal runs. Default: 1.")
  private List<Long> seeds = List.of(1L);

  /** The seeds, each once. */
  public List<Long> seeds() {
    List<Long> distinct = List.copyOf(new LinkedHashSet<>(seeds));
    if (distinct.size() > MOST) {
      throw CommandFailure.usage(
          "--seed takes at most %d seeds, not %d".formatted(MOST, distinct.size()));
    }
    return distinct;
  }
}
