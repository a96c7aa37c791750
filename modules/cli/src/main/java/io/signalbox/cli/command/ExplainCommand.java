package io.signalbox.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.cli.cluster.EngineApi;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.settings.EngineOptions;
import io.signalbox.cli.settings.PoolFilter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says why a task waits and what would start it, or why it runs where it does. */
@Command(
    name = "explain",
    description =
        "Says why a task waits and what would start it; of one that runs, on what device, since"
            + " when, and what other devices the decision was between.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox explain nightly train",
      "  signalbox explain nightly train --format json | jq .reasons",
      "",
      "Exit code 1 when no engine answers or there is no such job or task, 2 when jobs of several",
      "pools have the name: --pool says which."
    })
public final class ExplainCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;
  @Mixin private final EngineOptions engine = new EngineOptions();
  @Mixin private final PoolFilter pools = new PoolFilter();

  @Parameters(index = "0", paramLabel = "JOB", description = "The job.")
  private String job = "";

  @Parameters(index = "1", paramLabel = "TASK", description = "The task's id in the job.")
  private String task = "";

  /** A command that writes to the console. */
  public ExplainCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    String path = "/v1/jobs/" + EngineApi.segment(job) + "/tasks/" + EngineApi.segment(task);
    JsonNode explanation =
        engine.api().required(pools.on(path), "; ./signalbox status lists the jobs");
    if (output.isJson()) {
      output.json(explanation);
    } else {
      explanation.path("text").forEach(line -> output.line(line.asText()));
    }
    return CommandFailure.OK;
  }
}
