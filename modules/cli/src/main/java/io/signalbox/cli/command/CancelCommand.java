package io.signalbox.cli.command;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.settings.ClusterOptions;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.client.SignalboxClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a job. */
@Command(
    name = "cancel",
    description = "Asks the engine to end a job: nothing more is started, what runs is stopped.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox cancel nightly",
      "  signalbox cancel nightly --pool research --reason \"wrong model\"",
      "",
      "Exit code 0 when the order is written; ./signalbox watch JOB shows its effect."
    })
public final class CancelCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Mixin private final CommonOptions common;
  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Parameters(index = "0", paramLabel = "JOB", description = "The job.")
  private String job = "";

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      defaultValue = "default",
      description = "Its pool. Default: default.")
  private String pool = "default";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "cancelled from the command line",
      description = "Shown in the job's last event.")
  private String reason = "";

  /** A command that writes to the console. */
  public CancelCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    try (SignalboxClient client = SignalboxClient.connect(cluster.reachable())) {
      client.cancel(pool, job, reason).block(LIMIT);
    }
    output.line("asked for the end of " + job + " in pool " + pool);
    output.json(Map.of("job", job, "pool", pool, "asked", true));
    return CommandFailure.OK;
  }
}
