package io.signalbox.cli.bench;

import io.signalbox.bench.BenchException;
import io.signalbox.bench.latency.LatencyBench;
import io.signalbox.bench.latency.LatencyReport;
import io.signalbox.bench.latency.LatencySettings;
import io.signalbox.bench.measure.Latency;
import io.signalbox.bench.rig.BenchSettings;
import io.signalbox.bench.rig.FleetSize;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.output.Table;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.station.ScratchFolder;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how fast a completion becomes the next assignment. */
@Command(
    name = "latency",
    description =
        "How long it takes from the end of a task until its successor's assignment can be read, and"
            + " where that time goes; or the gap between two steps of a chain.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox bench latency --rate 1000 --seconds 30",
      "  signalbox bench latency --rate 1000 --guarantee at-least-once",
      "  signalbox bench latency --shape chain --seconds 10",
      "",
      "pairs: jobs of two tasks are submitted evenly; the first ends at a time that is fixed when",
      "its job is submitted, so that completions come at the rate whatever the engine does",
      "(no coordinated omission). Linked offers are off, since they would be there already. Where",
      "the time goes is looked at thereafter, for as long again: whoever looks reads along.",
      "chain: chains of 200 steps, one at a time, on one device, with and without linked offers."
    })
public final class LatencyCommand implements Callable<Integer> {
  private static final int PAIRS_WARM_UP_SECONDS = 90;
  private static final int CHAIN_WARM_UP_SECONDS = 30;

  @Mixin private final CommonOptions common;
  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final BenchFleetOptions fleet = new BenchFleetOptions();
  @Mixin private final ReportFile file = new ReportFile();

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Tasks submitted a second (pairs). Default: 1,000.")
  private int rate = 1_000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "Seconds that are measured. Default: 30.")
  private int seconds = 30;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description =
          "Seconds before that, not counted. Default: 90, as long as a JVM takes to compile what it"
              + " runs at 1,000 tasks/s; 30 for chains.")
  private @Nullable Integer warmUp;

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      defaultValue = "pairs",
      description = "pairs (default) or chain.")
  private String shape = "pairs";

  /** A command that writes to the console. */
  public LatencyCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    BenchFleetOptions.check("--rate", rate, 2, 1_000_000);
    BenchFleetOptions.check("--seconds", seconds, 1, 3_600);
    BenchFleetOptions.check("--warm-up", warmUpSeconds(), 0, 3_600);
    if (!shape.equals("pairs") && !isChain()) {
      throw CommandFailure.usage("--shape must be pairs or chain, not '" + shape + "'");
    }
    FleetSize size = fleet.size();
    try (ScratchFolder data = ScratchFolder.create()) {
      LatencyReport report = run(options.settings(data.path()), size, output);
      file.write(report);
      output.json(report);
      if (!output.isJson()) {
        table(report.latencies(), output);
        table(report.stages(), output);
      }
    } catch (BenchException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
    }
    return CommandFailure.OK;
  }

  private int warmUpSeconds() {
    return warmUp != null ? warmUp : isChain() ? CHAIN_WARM_UP_SECONDS : PAIRS_WARM_UP_SECONDS;
  }

  private boolean isChain() {
    return shape.equals("chain");
  }

  private LatencyReport run(BenchSettings settings, FleetSize size, Output output) {
    if (isChain()) {
      LatencySettings load = new LatencySettings(rate, seconds, warmUpSeconds(), size);
      return LatencyBench.chains(settings, load, size.linkedOffers(), output::note);
    }
    FleetSize unlinked =
        new FleetSize(size.deviceClass(), size.devices(), size.slots(), size.prefetch(), 0);
    return LatencyBench.pairs(
        settings, new LatencySettings(rate, seconds, warmUpSeconds(), unlinked), output::note);
  }

  private static void table(List<Latency> latencies, Output output) {
    Table table = Table.of("what", "count", "p50Millis", "p90Millis", "p99Millis", "p999Millis");
    for (Latency each : latencies) {
      table.row(
          each.what(),
          each.count(),
          each.p50Millis(),
          each.p90Millis(),
          each.p99Millis(),
          each.p999Millis());
    }
    if (!table.isEmpty()) {
      output.table(table, "");
      output.line("");
    }
  }
}
