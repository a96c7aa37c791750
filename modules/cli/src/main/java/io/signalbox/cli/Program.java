package io.signalbox.cli;

import io.signalbox.cli.bench.BenchCommand;
import io.signalbox.cli.command.AclsCommand;
import io.signalbox.cli.command.CancelCommand;
import io.signalbox.cli.command.DeadLettersCommand;
import io.signalbox.cli.command.DemoCommand;
import io.signalbox.cli.command.DevicesCommand;
import io.signalbox.cli.command.ExplainCommand;
import io.signalbox.cli.command.Failures;
import io.signalbox.cli.command.HotspotsCommand;
import io.signalbox.cli.command.PolicyCommand;
import io.signalbox.cli.command.SimulateCommand;
import io.signalbox.cli.command.StatusCommand;
import io.signalbox.cli.command.SubmitCommand;
import io.signalbox.cli.command.TopicsCommand;
import io.signalbox.cli.command.UpCommand;
import io.signalbox.cli.command.WatchCommand;
import io.signalbox.cli.command.WorkerCommand;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.token.TokensCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: which commands there are, and what becomes of their errors. */
final class Program {
  private static final Map<String, Function<Console, Object>> COMMANDS = commands();

  private final Console console;

  Program(PrintStream out, PrintStream err) {
    this.console = new Console(out, err);
  }

  int run(String... args) {
    CommandLine commandLine = new CommandLine(new Root());
    // A command's class is loaded when it is meant, so that each starts fast.
    Map<String, Function<Console, Object>> wanted = new LinkedHashMap<>(COMMANDS);
    Arrays.stream(args)
        .filter(COMMANDS::containsKey)
        .findFirst()
        .ifPresent(name -> wanted.keySet().retainAll(Set.of(name)));
    wanted.forEach((name, command) -> commandLine.addSubcommand(name, command.apply(console)));
    commandLine
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setUsageHelpWidth(100)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(this::wrongUsage)
        .setExecutionExceptionHandler(this::failure);
    return commandLine.execute(args);
  }

  private int wrongUsage(ParameterException e, String[] args) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    if (e.getCommandLine().getParent() == null && args.length == 0) {
      e.getCommandLine().usage(console.err());
      return CommandFailure.USAGE;
    }
    if (e instanceof UnmatchedArgumentException unmatched
        && e.getCommandLine().getParent() == null) {
      console.error(
          "signalbox: there is no command '"
              + unmatched.getUnmatched().getFirst()
              + "' (see signalbox --help)");
      return CommandFailure.USAGE;
    }
    console.error(command + ": " + message(e) + " (see " + command + " --help)");
    return CommandFailure.USAGE;
  }

  private int failure(Exception e, CommandLine commandLine, ParseResult parsed) {
    String command = commandLine.getCommandSpec().qualifiedName();
    if (console.debug()) {
      e.printStackTrace(console.err());
    }
    return switch (Failures.of(e)) {
      case CommandFailure known -> {
        console.error(command + ": " + message(known));
        yield known.exitCode();
      }
      case null -> {
        String where = console.debug() ? "" : " (--debug shows where)";
        console.error(command + ": something unexpected happened: " + message(e) + where);
        yield CommandFailure.FAILED;
      }
    };
  }

  /** An error's words, on one line. */
  private static String message(Exception e) {
    String message = e.getMessage();
    return (message == null || message.isBlank() ? e.toString() : message)
        .strip()
        .replaceAll("\\s*\\R\\s*", "; ");
  }

  private static Map<String, Function<Console, Object>> commands() {
    Map<String, Function<Console, Object>> commands = new LinkedHashMap<>();
    commands.put("demo", DemoCommand::new);
    commands.put("up", UpCommand::new);
    commands.put("worker", WorkerCommand::new);
    commands.put("submit", SubmitCommand::new);
    commands.put("status", StatusCommand::new);
    commands.put("explain", ExplainCommand::new);
    commands.put("watch", WatchCommand::new);
    commands.put("cancel", CancelCommand::new);
    commands.put("devices", DevicesCommand::new);
    commands.put("hotspots", HotspotsCommand::new);
    commands.put("policy", PolicyCommand::new);
    commands.put("simulate", SimulateCommand::new);
    commands.put("bench", BenchCommand::of);
    commands.put("topics", TopicsCommand::new);
    commands.put("acls", AclsCommand::new);
    commands.put("tokens", TokensCommand::of);
    commands.put("dead-letters", DeadLettersCommand::new);
    return commands;
  }

  @Command(
      name = "signalbox",
      synopsisSubcommandLabel = "COMMAND",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Schedules AI work on unlike devices, in Kafka.%n",
      commandListHeading = "%nCommands:%n",
      footer = {
        "",
        "Exit codes: 0 all went well, 1 something failed, 2 wrong usage or a bad input file.",
        "Every command: --help with examples, --format json for programs.",
        "",
        "Begin with:",
        "  signalbox demo                       everything in one process, then a summary",
        "  signalbox up                         a broker, a registry and an engine to work with",
        "  signalbox worker --fleet FILE        a simulated fleet",
        "  signalbox submit FILE --follow       a job"
      })
  private static final class Root {}

  private static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Program.class.getPackage().getImplementationVersion();
      return new String[] {"signalbox " + (version == null ? "(not packaged)" : version)};
    }
  }
}
