package io.signalbox.cli.command;

import io.signalbox.cli.cluster.TopicTable;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.settings.ClusterOptions;
import io.signalbox.cli.settings.CommonOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists topics. */
@Command(
    name = "topics",
    description =
        "Lists Signalbox's topics on a cluster: partitions, how long records stay, how many there"
            + " are, what they carry and who writes them.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox topics",
      "  signalbox topics --bootstrap-servers kafka:9092 --config client.properties --format json",
      "",
      "Exit code 1 when no broker answers."
    })
public final class TopicsCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;
  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  /** A command that writes to the console. */
  public TopicsCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    output.table(
        TopicTable.of(cluster.reachableBriefly()),
        "no topics of Signalbox here: an engine creates them, see ./signalbox up --help");
    return CommandFailure.OK;
  }
}
