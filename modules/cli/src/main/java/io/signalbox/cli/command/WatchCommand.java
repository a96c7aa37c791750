package io.signalbox.cli.command;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.settings.ClusterOptions;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.settings.JobOptions;
import io.signalbox.cli.watch.Following;
import io.signalbox.cli.watch.JobWatch;
import io.signalbox.client.SignalboxClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows a job. */
@Command(
    name = "watch",
    description =
        "Follows a job from its beginning to its end: a progress bar on a terminal, otherwise a"
            + " line an event.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox watch nightly",
      "  signalbox watch nightly --events",
      "  signalbox watch nightly --format json | jq .type",
      "",
      "Exit code 0 when the job succeeds, 1 when it fails, is rejected or cancelled."
    })
public final class WatchCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;
  @Mixin private final ClusterOptions cluster = new ClusterOptions();
  @Mixin private final JobOptions target = new JobOptions();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Give up after so many seconds; 0, the default, waits for as long as it takes.")
  private double timeoutSeconds;

  @Option(
      names = "--events",
      description = "A line an event on a terminal, too: where attempts went and why they ended.")
  private boolean events;

  /** A command that writes to the console. */
  public WatchCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    String job = target.job();
    try (SignalboxClient client = SignalboxClient.connect(cluster.reachableBriefly())) {
      JobWatch watch = new JobWatch(output, events ? null : output.resultTerminal());
      boolean ended =
          Following.untilEnd(
              client.follow(target.pool(), job), watch, timeoutSeconds, output::note, job);
      return ended && watch.allSucceeded(List.of(job)) ? CommandFailure.OK : CommandFailure.FAILED;
    }
  }
}
