package io.signalbox.cli.token;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.settings.CommonOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a key to sign tokens with. */
@Command(
    name = "key",
    description =
        "Makes a key: the private half, which signs tokens, in a file that its owner alone may"
            + " read; the public half in a set for engines. A set that is there gets the key"
            + " besides those it has: so keys are replaced, the old one taken out when no token of"
            + " it is in use.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox tokens key workers.key --public workers.jwks",
      "",
      "Exit code 2 when the private key's file exists, or the set isn't one."
    })
final class KeyCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;

  @Parameters(paramLabel = "FILE", description = "Where the private key goes.")
  private Path file = Path.of("");

  @Option(
      names = "--public",
      required = true,
      paramLabel = "FILE",
      description = "The set of public keys, a JWK set: workers.tokenKeys of the engine.")
  private Path set = Path.of("");

  KeyCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    SigningKey key = SigningKey.create();
    key.write(file);
    key.publish(set);
    output.line("%s signs tokens; %s is for engines (workers.tokenKeys)".formatted(file, set));
    output.json(Map.of("private", file.toString(), "public", set.toString()));
    return CommandFailure.OK;
  }
}
