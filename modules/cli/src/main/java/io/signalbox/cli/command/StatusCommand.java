package io.signalbox.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.cli.cluster.EngineApi;
import io.signalbox.cli.output.Cell;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.output.Table;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.settings.EngineOptions;
import io.signalbox.cli.settings.PoolFilter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists jobs, or shows one. */
@Command(
    name = "status",
    description = "Lists the jobs an engine knows, the newest first, or shows one of them.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox status                      the newest jobs",
      "  signalbox status --state RUNNING      those that are under way",
      "  signalbox status nightly --format json",
      "",
      "Exit code 1 when no engine answers or there is no such job."
    })
public final class StatusCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;
  @Mixin private final EngineOptions engine = new EngineOptions();
  @Mixin private final PoolFilter pools = new PoolFilter();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "JOB",
      description = "The job; all when not given.")
  private @Nullable String job;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "RUNNING, SUCCEEDED, FAILED, CANCELLED or REJECTED jobs only.")
  private @Nullable String state;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many jobs at most, 1 to 10,000. Default: 20.")
  private int limit = 20;

  /** A command that writes to the console. */
  public StatusCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    String one = job;
    if (one != null) {
      show(output, one);
    } else {
      list(output);
    }
    return CommandFailure.OK;
  }

  private void list(Output output) {
    StringBuilder path = new StringBuilder("/v1/jobs?limit=").append(limit);
    if (state != null) {
      path.append("&state=").append(EngineApi.segment(state));
    }
    EngineApi api = engine.api();
    JsonNode jobs = api.required(pools.on(path.toString())).path("jobs");
    if (jobs.isEmpty()) {
      pools.check(api);
    }
    if (output.isJson()) {
      output.json(jobs);
      return;
    }
    Table table =
        Table.of(
            "job",
            "pool",
            "state",
            "done",
            "tasks",
            "running",
            "failed",
            "remainingSeconds",
            "verdict");
    for (JsonNode each : jobs) {
      JsonNode tasks = each.path("tasks");
      table.row(
          each.path("job").asText(),
          each.path("pool").asText(),
          each.path("state").asText(),
          tasks.path("succeeded").asInt(),
          tasks.path("total").asInt(),
          tasks.path("running").asInt(),
          tasks.path("failed").asInt(),
          Cell.seconds(each.path("remainingSeconds").asDouble()),
          each.path("admission").path("verdict").asText(""));
    }
    output.table(table, "no jobs yet: ./signalbox submit FILE sends one");
    Backlog.lines(api, pools).forEach(output::note);
  }

  private void show(Output output, String name) {
    String path = "/v1/jobs/" + EngineApi.segment(name);
    JsonNode found = engine.api().get(pools.on(path));
    if (found == null) {
      throw CommandFailure.failed(
          "there is no job '" + name + "'; ./signalbox status lists those there are");
    }
    JsonNode paths =
        found.path("endedAt").isNull() ? engine.api().get(pools.on(path + "/paths")) : null;
    if (output.isJson()) {
      output.json(JobDetails.withPaths(found, paths));
      return;
    }
    JsonNode tasks = found.path("tasks");
    output.line(
        "%s: %s, %,d of %,d tasks succeeded, %,d running, %,d ready, %,d failed"
            .formatted(
                name,
                found.path("state").asText(),
                tasks.path("succeeded").asInt(),
                tasks.path("total").asInt(),
                tasks.path("running").asInt(),
                tasks.path("ready").asInt(),
                tasks.path("failed").asInt()));
    output.line(
        "pool " + found.path("pool").asText() + ", tenant " + found.path("tenant").asText());
    time(output, "accepted", found.path("acceptedAt"));
    time(output, "deadline", found.path("deadline"));
    admission(output, found.path("admission"));
    time(output, "ended", found.path("endedAt"));
    if (found.path("endedAt").isNull()) {
      output.line(
          "at least " + Cell.duration(found.path("remainingSeconds").asDouble()) + " remain");
    }
    if (paths != null) {
      JobDetails.lines(paths).forEach(output::line);
    }
    found.path("reasons").forEach(reason -> output.line("because " + reason.asText()));
  }

  private static void admission(Output output, JsonNode admission) {
    if (admission.path("verdict").isTextual()) {
      output.line(
          "admission %s: %s by %s"
              .formatted(
                  admission.path("mode").asText(),
                  admission.path("verdict").asText(),
                  admission.path("method").asText()));
      time(output, "predicted finish", admission.path("predictedFinish"));
      if (admission.path("reason").isTextual()) {
        output.line(admission.path("reason").asText());
      }
    }
  }

  private static void time(Output output, String what, JsonNode time) {
    if (time.isTextual()) {
      output.line(what + " " + time.asText());
    }
  }
}
