package io.signalbox.cli.settings;

import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Format;
import io.signalbox.cli.output.Output;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every command. */
public final class CommonOptions {
  private final Console console;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  private boolean verbose;

  /** Options of a command that writes to the console. */
  public CommonOptions(Console console) {
    this.console = console;
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text for people (default) or json for programs.")
  void format(Format format) {
    console.format(format);
  }

  @Option(names = "--verbose", description = "Show the log on standard error.")
  void verbose(boolean verbose) {
    this.verbose = verbose;
  }

  @Option(names = "--debug", description = "Show where an error arose.")
  void debug(boolean debug) {
    console.debug(debug);
  }

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  /** Starts the log and says where to write. */
  public Output begin() {
    Logs.start(command.name(), verbose);
    return console.output();
  }

  /** The streams behind the output. */
  public Console console() {
    return console;
  }
}
