package io.signalbox.cli.bench;

import io.signalbox.cli.output.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the whole way of tasks through Kafka. */
@Command(
    name = "bench",
    synopsisSubcommandLabel = "BENCHMARK",
    description =
        "Measures the way of a task through producer, engine, worker and back, on a broker in this"
            + " process or on a cluster of yours.%n",
    commandListHeading = "%nBenchmarks:%n",
    footer = {
      "",
      "Each has a --help of its own, --format json and --out FILE. On a given cluster",
      "(--bootstrap-servers, --schema-registry) all topics have a prefix of their own and are",
      "deleted in the end; the registry keeps their subjects."
    })
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  private BenchCommand() {}

  /** The command with its subcommands. */
  public static CommandLine of(Console console) {
    return new CommandLine(new BenchCommand())
        .addSubcommand("throughput", new ThroughputCommand(console))
        .addSubcommand("latency", new LatencyCommand(console))
        .addSubcommand("scale", new ScaleCommand(console))
        .addSubcommand("recovery", new RecoveryCommand(console))
        .addSubcommand("soak", new SoakCommand(console));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "which benchmark? There are throughput, latency, scale, recovery and soak");
  }
}
