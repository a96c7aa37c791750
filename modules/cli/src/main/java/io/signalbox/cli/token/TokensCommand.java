package io.signalbox.cli.token;

import io.signalbox.cli.output.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes what workers prove with which devices they are. */
@Command(
    name = "tokens",
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Makes device tokens: with workers.tokenKeys set, an engine takes nothing from a worker but"
            + " what its token lets it say (docs/SECURITY.md).%n",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  signalbox tokens key workers.key --public workers.jwks     once",
      "  signalbox tokens issue --key workers.key --device 'rack1-*' > rack1.token",
      "  signalbox tokens check rack1.token --public workers.jwks",
      "  signalbox up --set workers.tokenKeys=workers.jwks",
      "  signalbox worker --fleet rack1.yaml --property device.token=\"$(cat rack1.token)\"",
      "",
      "Each has a --help of its own and --format json. Exit code 1 for a token that isn't valid."
    })
public final class TokensCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  private TokensCommand() {}

  /** The command with its subcommands. */
  public static CommandLine of(Console console) {
    return new CommandLine(new TokensCommand())
        .addSubcommand("key", new KeyCommand(console))
        .addSubcommand("issue", new IssueCommand(console))
        .addSubcommand("check", new CheckCommand(console));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what? There are key, issue and check");
  }
}
