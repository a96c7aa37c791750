package io.signalbox.cli.bench;

import io.signalbox.bench.BenchException;
import io.signalbox.bench.recovery.RecoveryBench;
import io.signalbox.bench.recovery.RecoveryReport;
import io.signalbox.bench.rig.FleetSize;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.station.ScratchFolder;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how long a pool stands still when its engine is killed. */
@Command(
    name = "recovery",
    description =
        "Kills an engine while tasks wait and run, starts it again at once over the same folder, and"
            + " measures how long it takes until tasks are assigned again.%n",
    footer = {"", "Example:", "  signalbox bench recovery --live 100000"})
public final class RecoveryCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;
  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final BenchFleetOptions fleet = new BenchFleetOptions();
  @Mixin private final ReportFile file = new ReportFile();

  @Option(
      names = "--live",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Unfinished tasks when the engine is killed, about. Default: 100,000.")
  private int live = 100_000;

  /** A command that writes to the console. */
  public RecoveryCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    FleetSize size = fleet.size();
    BenchFleetOptions.check("--live", live, 100, 1_000_000);
    try (ScratchFolder data = ScratchFolder.create()) {
      RecoveryReport report =
          RecoveryBench.run(options.settings(data.path()), live, size, output::note);
      file.write(report);
      output.json(report);
      output.line(
          String.format(
              Locale.ROOT,
              "scheduling again %.1f s after the kill, with %,d live tasks (the next engine ran"
                  + " after %.1f s), %s",
              report.secondsToSchedule(),
              report.liveTasks(),
              report.secondsToStart(),
              report.guarantee()));
    } catch (BenchException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
    }
    return CommandFailure.OK;
  }
}
