package io.signalbox.cli.bench;

import io.signalbox.bench.BenchException;
import io.signalbox.bench.soak.SoakBench;
import io.signalbox.bench.soak.SoakReport;
import io.signalbox.bench.soak.SoakSettings;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.output.Table;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.station.ScratchFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks whether minutes of load leave anything behind. */
@Command(
    name = "soak",
    description =
        "Minutes of steady load, with a second tenant that brings ten times what its quota lets in;"
            + " and the heap of the whole process at the end of each minute, garbage collected.%n",
    footer = {"", "Example:", "  signalbox bench soak --seconds 600 --rate 200"})
public final class SoakCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;
  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final BenchFleetOptions fleet = new BenchFleetOptions();
  @Mixin private final ReportFile file = new ReportFile();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "600",
      description = "How long. Default: 600.")
  private int seconds = 600;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "Tasks submitted and done a second. Default: 200.")
  private int rate = 200;

  /** A command that writes to the console. */
  public SoakCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    BenchFleetOptions.check("--seconds", seconds, 1, 86_400);
    BenchFleetOptions.check("--rate", rate, 1, 100_000);
    SoakSettings load = new SoakSettings(seconds, rate, fleet.size());
    try (ScratchFolder data = ScratchFolder.create()) {
      SoakReport report = SoakBench.run(options.settings(data.path()), load, output::note);
      file.write(report);
      output.json(report);
      if (!output.isJson()) {
        show(report, output);
      }
    } catch (BenchException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
    }
    return CommandFailure.OK;
  }

  private static void show(SoakReport report, Output output) {
    Table table = Table.of("second", "tasks", "heapMegabytes");
    report
        .minutes()
        .forEach(minute -> table.row(minute.second(), minute.tasks(), minute.heapMegabytes()));
    output.table(table, "");
    output.line(
        "%,d tasks in %,.0f s, %s; %,d jobs of the tenant beyond its quota refused"
            .formatted(report.tasks(), report.seconds(), report.guarantee(), report.refusedJobs()));
  }
}
