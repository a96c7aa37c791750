package io.signalbox.cli.token;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.engine.identity.Grant;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Signs a token. */
@Command(
    name = "issue",
    description =
        "Writes a token to standard output: its bearer may speak for the devices that are named. A"
            + " name that ends in * stands for all that begin so.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox tokens issue --key workers.key --device gpu-7 > gpu-7.token",
      "  signalbox tokens issue --key workers.key --device 'rack1-*' --class cpu --pool research",
      "",
      "Exit code 2 for a key that can't be used."
    })
final class IssueCommand implements Callable<Integer> {
  private static final String ENTRY = "[A-Za-z0-9._:-]{0,200}[*]?";
  private static final int MOST_DAYS = 36_500;

  @Mixin private final CommonOptions common;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The private key, from 'tokens key'.")
  private Path key = Path.of("");

  @Option(
      names = "--device",
      required = true,
      paramLabel = "ID",
      description = "A device, or the beginning of ids with * behind it. May be repeated.")
  private List<String> devices = List.of();

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "A class that they may have. May be repeated. Default: *, any.")
  private List<String> classes = List.of("*");

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      description = "A pool that they may be in. May be repeated. Default: default.")
  private List<String> pools = List.of("default");

  @Option(
      names = "--days",
      paramLabel = "DAYS",
      defaultValue = "365",
      description = "How long it is valid. Default: ${DEFAULT-VALUE}.")
  private double days = 365;

  IssueCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    if (!(days > 0 && days <= MOST_DAYS)) {
      throw CommandFailure.usage("--days must be greater than 0 and at most 36500, is " + days);
    }
    checkNames("--device", devices);
    checkNames("--class", classes);
    checkNames("--pool", pools);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant end = now.plus(Duration.ofSeconds(Math.round(days * 86_400)));
    Grant grant = new Grant(pools, classes, devices);
    String token = SigningKey.read(key).sign(grant, now, end);
    output.note("a token for " + grant + ", until " + end);
    output.line(token);
    output.json(Map.of("token", token, "end", end.toString()));
    return CommandFailure.OK;
  }

  private static void checkNames(String option, List<String> names) {
    for (String name : names) {
      if (name.isEmpty() || !name.matches(ENTRY)) {
        throw CommandFailure.usage(
            "%s '%s' isn't a name of [A-Za-z0-9._:-], nor one with * behind it"
                .formatted(option, name));
      }
    }
  }
}
