package io.signalbox.cli.bench;

import io.signalbox.bench.BenchException;
import io.signalbox.bench.scale.Growth;
import io.signalbox.bench.scale.ScaleBench;
import io.signalbox.bench.scale.ScaleReport;
import io.signalbox.bench.scale.ScaleSettings;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.output.Table;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.station.ScratchFolder;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what a task costs while something grows. */
@Command(
    name = "scale",
    description =
        "What a task costs the engine while something grows: the size of a job, the number of live"
            + " jobs, the fleet, or the number of pools.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox bench scale --from 1000 --to 1000000",
      "  signalbox bench scale --over devices --from 4 --to 64 --factor 4",
      "  signalbox bench scale --over pools --from 1 --to 16 --factor 4",
      "",
      "Every size runs at least --tasks tasks. With --over jobs, jobs have ten tasks and all are",
      "live at once; with --over pools the jobs are shared out among the pools."
    })
public final class ScaleCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;
  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final BenchFleetOptions fleet = new BenchFleetOptions();
  @Mixin private final ReportFile file = new ReportFile();

  @Option(
      names = "--over",
      paramLabel = "WHAT",
      defaultValue = "job-size",
      description = "What grows: job-size (default), jobs, devices or pools.")
  private String over = "job-size";

  @Option(names = "--from", paramLabel = "N", description = "Least size. Default: 1,000, or 1.")
  private @Nullable Integer from;

  @Option(names = "--to", paramLabel = "N", description = "Largest. Default: 100 times the least.")
  private @Nullable Integer to;

  @Option(
      names = "--factor",
      paramLabel = "N",
      defaultValue = "10",
      description = "From one size to the next. Default: 10.")
  private int factor = 10;

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      defaultValue = "layered",
      description = "Of each job: independent, chain, fan, layered (default), pairs.")
  private String shape = "layered";

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "50000",
      description = "Tasks run at each size, at least. Default: 50,000.")
  private int tasks = 50_000;

  /** A command that writes to the console. */
  public ScaleCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    ScaleSettings load = load();
    try (ScratchFolder data = ScratchFolder.create()) {
      ScaleReport report = ScaleBench.run(options.settings(data.path()), load, output::note);
      file.write(report);
      output.json(report);
      if (!output.isJson()) {
        table(report, output);
      }
    } catch (BenchException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
    }
    return CommandFailure.OK;
  }

  private ScaleSettings load() {
    Growth growth = growth();
    boolean few = growth == Growth.DEVICES || growth == Growth.POOLS;
    Integer least = from;
    Integer most = to;
    int first = least != null ? least : few ? 1 : 1_000;
    long last = most != null ? most : Math.min(few ? 100 : 1_000_000L, first * 100L);
    BenchFleetOptions.check("--from", first, 1, few ? 1_000 : 1_000_000);
    BenchFleetOptions.check("--to", last, first, few ? 1_000 : 1_000_000);
    BenchFleetOptions.check("--factor", factor, 2, 1_000_000);
    BenchFleetOptions.check("--tasks", tasks, 1, 10_000_000);
    return new ScaleSettings(
        growth, first, (int) last, factor, ShapeOption.shape(shape), tasks, fleet.size());
  }

  private Growth growth() {
    try {
      return Growth.valueOf(over.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          "--over must be job-size, jobs, devices or pools, not '" + over + "'", e);
    }
  }

  private static void table(ScaleReport report, Output output) {
    Table table = Table.of("size", "tasks", "tasksPerSecond", "engineCpuMicrosPerTask");
    for (ScaleReport.Point point : report.points()) {
      table.row(
          point.size(), point.tasks(), point.tasksPerSecond(), point.engineCpuMicrosPerTask());
    }
    output.line("over " + report.over() + ", " + report.shape() + ", " + report.guarantee());
    output.table(table, "");
    output.line(String.format(Locale.ROOT, "largest over smallest: %.2f times", report.cpuRatio()));
  }
}
