package io.signalbox.cli.bench;

import io.signalbox.bench.BenchException;
import io.signalbox.bench.shape.JobShape;
import io.signalbox.bench.throughput.ThroughputBench;
import io.signalbox.bench.throughput.ThroughputReport;
import io.signalbox.bench.throughput.ThroughputSettings;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.output.Table;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.station.ScratchFolder;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures tasks a second. */
@Command(
    name = "throughput",
    description =
        "How many tasks a second go from a producer through the engine to a worker and back, beside"
            + " what a bare Kafka Streams topology moves on the same broker.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox bench throughput --shape layered --tasks 50000",
      "  signalbox bench throughput --shape chain --tasks 20000 --jobs 200 --format json",
      "  signalbox bench throughput --shape wfformat:workflow.json --jobs 100",
      "",
      "All jobs of a round are submitted at once, their tasks do nothing. The pass-through is a",
      "topology without state that reads and writes as many records of the same size for each task",
      "as the engine did, changelog included, under the same guarantee. Rounds take turns, figures",
      "are medians."
    })
public final class ThroughputCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;
  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final BenchFleetOptions fleet = new BenchFleetOptions();
  @Mixin private final ReportFile file = new ReportFile();

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      defaultValue = "layered",
      description =
          "How tasks depend on each other: independent, chain, fan, layered (default), pairs, or"
              + " wfformat:FILE.")
  private String shape = "layered";

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "Tasks of a round, all jobs together. Default: 50,000, or those of the file.")
  private @Nullable Integer tasks;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Jobs of a round. Default: 1.")
  private int jobs = 1;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds that are measured. Default: 3.")
  private int rounds = 3;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "90",
      description =
          "Run rounds that aren't counted for at least that long before, one at least; a JVM takes"
              + " that long to compile what it runs. Default: 90.")
  private int warmUpSeconds = 90;

  /** A command that writes to the console. */
  public ThroughputCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    ThroughputSettings load = load();
    try (ScratchFolder data = ScratchFolder.create()) {
      ThroughputReport report =
          ThroughputBench.run(options.settings(data.path()), load, output::note);
      file.write(report);
      output.json(report);
      table(report, output);
    } catch (BenchException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
    }
    return CommandFailure.OK;
  }

  private ThroughputSettings load() {
    JobShape meant = ShapeOption.shape(shape);
    BenchFleetOptions.check("--jobs", jobs, 1, 100_000);
    BenchFleetOptions.check("--rounds", rounds, 1, 100);
    BenchFleetOptions.check("--warm-up", warmUpSeconds, 0, 3_600);
    int all = tasks();
    BenchFleetOptions.check("--tasks", all, jobs, 2_000_000);
    return new ThroughputSettings(meant, all, jobs, fleet.size(), rounds, warmUpSeconds);
  }

  private int tasks() {
    Integer given = tasks;
    if (!ShapeOption.isFile(shape)) {
      return given == null ? Math.max(50_000, jobs) : given;
    }
    if (given != null) {
      throw CommandFailure.usage("--tasks: a file has its own tasks; --jobs says how often");
    }
    return ShapeOption.shape(shape).tasks(1).size() * jobs;
  }

  private static void table(ThroughputReport report, Output output) {
    Table figures = Table.of("figure", "value");
    row(figures, "tasks a second", "%,.0f", report.tasksPerSecond());
    row(figures, "records per task", "%.2f", report.recordsPerTask());
    row(figures, "pass-through, records a second", "%,.0f", report.passthroughRecordsPerSecond());
    row(figures, "ratio to pass-through", "%.3f", report.ratioToPassthrough());
    row(figures, "submitted to done, p50", "%,.1f ms", report.p50Millis());
    row(figures, "submitted to done, p99", "%,.1f ms", report.p99Millis());
    row(
        figures,
        "engine's processor time per task",
        "%.1f µs",
        report.engineCpuSecondsPerTask() * 1e6);
    row(figures, "all processor time per task", "%.1f µs", report.processCpuSecondsPerTask() * 1e6);
    row(figures, "changelog records per task", "%.2f", report.changelogRecordsPerTask());
    row(figures, "changelog bytes per task", "%,.0f", report.changelogBytesPerTask());
    row(figures, "heap bytes per live task", "%,.0f", report.heapBytesPerLiveTask());
    if (!output.isJson()) {
      output.line(
          "%s, %,d tasks in %,d jobs, %d devices with %d slots, %s, medians of %d"
              .formatted(
                  report.shape(),
                  report.tasks(),
                  report.jobs(),
                  report.devices(),
                  report.slots(),
                  report.guarantee(),
                  report.rounds()));
      output.table(figures, "");
    }
  }

  private static void row(Table table, String name, String format, double value) {
    table.row(name, String.format(java.util.Locale.ROOT, format, value));
  }
}
