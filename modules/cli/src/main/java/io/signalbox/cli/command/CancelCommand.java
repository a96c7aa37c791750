package io.signalbox.cli.command;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.settings.ClusterOptions;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.settings.JobOptions;
import io.signalbox.client.SignalboxClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  @Mixin private final JobOptions target = new JobOptions();

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
    try (SignalboxClient client = SignalboxClient.connect(cluster.reachableBriefly())) {
      client.cancel(target.pool(), target.job(), reason).block(LIMIT);
    }
    output.line("asked for the end of " + target.job() + " in pool " + target.pool());
    output.json(Map.of("job", target.job(), "pool", target.pool(), "asked", true));
    return CommandFailure.OK;
  }
}
