package io.signalbox.cli.token;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.engine.identity.Grant;
import io.signalbox.engine.identity.InvalidKeysException;
import io.signalbox.engine.identity.InvalidTokenException;
import io.signalbox.engine.identity.TokenKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a token is good for. */
@Command(
    name = "check",
    description =
        "Looks at a token as an engine does: for whom its bearer may speak and until when, or why it"
            + " isn't valid.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox tokens check rack1.token --public workers.jwks",
      "",
      "Exit code 1 for a token that isn't valid, 2 for a file that can't be used."
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;

  @Parameters(paramLabel = "FILE", description = "The file that holds the token.")
  private Path file = Path.of("");

  @Option(
      names = "--public",
      required = true,
      paramLabel = "FILE",
      description = "The set of public keys that the engine has.")
  private Path set = Path.of("");

  CheckCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    try {
      String token = Files.readString(file).strip();
      TokenKeys.Verified verified = TokenKeys.read(set).verify(token, Instant.now().toEpochMilli());
      Grant grant = verified.grant();
      String end = Instant.ofEpochMilli(verified.endMillis()).toString();
      output.line("valid until %s, for %s".formatted(end, grant));
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("end", end);
      all.put("devices", grant.devices());
      all.put("classes", grant.classes());
      all.put("pools", grant.pools());
      output.json(all);
      return CommandFailure.OK;
    } catch (InvalidTokenException e) {
      throw CommandFailure.failed("the token isn't valid: " + e.getMessage(), e);
    } catch (InvalidKeysException e) {
      throw CommandFailure.usage("--public: " + e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailure.usage(file + " can't be read: " + e, e);
    }
  }
}
