package io.signalbox.cli.bench;

import io.signalbox.bench.rig.FleetSize;
import io.signalbox.cli.output.CommandFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The fleet that a benchmark's tasks run on. */
final class BenchFleetOptions {
  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "4",
      description = "Devices, each a worker with a consumer of its own. Default: 4.")
  private int devices = 4;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "128",
      description = "Tasks that each device runs at once. Default: 128.")
  private int slots = 128;

  @Option(
      names = "--prefetch",
      paramLabel = "N",
      description = "Tasks that each device takes beyond its slots. Default: as many as slots.")
  private @Nullable Integer prefetch;

  @Option(
      names = "--linked-offers",
      paramLabel = "N",
      defaultValue = "16",
      description = "Linked offers that each device holds behind an attempt. Default: 16.")
  private int linkedOffers = FleetSize.LINKED_OFFERS;

  FleetSize size() {
    check("--devices", devices, 1, 1_000);
    check("--slots", slots, 1, 1_024);
    check("--linked-offers", linkedOffers, 0, 1_024);
    Integer ahead = prefetch;
    if (ahead != null) {
      check("--prefetch", ahead, 0, 1_024);
    }
    return new FleetSize("cpu", devices, slots, ahead == null ? slots : ahead, linkedOffers);
  }

  static void check(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw CommandFailure.usage(
          "%s must be %,d to %,d, not %,d".formatted(option, least, most, value));
    }
  }
}
