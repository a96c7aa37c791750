package io.signalbox.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.cli.cluster.EngineApi;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.output.Table;
import io.signalbox.cli.settings.ClusterOptions;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.settings.EngineOptions;
import io.signalbox.cli.settings.PlacementChanges;
import io.signalbox.client.SignalboxClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Shows how a pool places tasks, and changes it. */
@Command(
    name = "policy",
    description =
        "Shows how a pool places tasks: its policy, weights and bounds. With --set it changes them"
            + " while the pool runs: attempts go on, what waits is placed the new way, and the"
            + " change outlives the engine.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox policy",
      "  signalbox policy --pool research --set policy=late",
      "  signalbox policy --set fairness.weights.research=3 --set priority.agingSeconds=120",
      "  signalbox policy --set stealRatio=",
      "  signalbox policy --format json | jq .options",
      "",
      "An option without a value goes back to what the engine's settings say. Exit code 0 when an",
      "engine shows what was asked for; 1 when no engine or broker answers, there is no such pool,",
      "or the change isn't seen within 15 s; 2 for an option or a value that can't be."
    })
public final class PolicyCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  @Mixin private final CommonOptions common;
  @Mixin private final ClusterOptions cluster = new ClusterOptions();
  @Mixin private final EngineOptions engine = new EngineOptions();
  @Mixin private final PlacementChanges changes = new PlacementChanges();

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      defaultValue = "default",
      description = "The pool. Default: default.")
  private String pool = "default";

  /** A command that writes to the console. */
  public PolicyCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    Map<String, String> wanted = changes.checked();
    EngineApi api = engine.api();
    String path = "/v1/pools/" + EngineApi.segment(pool) + "/placement";
    JsonNode placement =
        wanted.isEmpty()
            ? api.required(path, "; ./signalbox status lists jobs with their pools")
            : changed(api, path, wanted);
    if (output.isJson()) {
      output.json(placement);
    } else {
      output.table(table(placement), "no options");
    }
    return CommandFailure.OK;
  }

  /** Sends the order and waits until an engine shows its effect. */
  private JsonNode changed(EngineApi api, String path, Map<String, String> wanted) {
    // Whether one answers is asked first: an order that nobody is seen to follow is worth little.
    api.get(path);
    try (SignalboxClient client = SignalboxClient.connect(cluster.reachableBriefly())) {
      client.changePlacement(pool, wanted).block(LIMIT);
    }
    JsonNode seen =
        Mono.fromCallable(() -> api.get(path))
            // The order is written; an engine that is busy or starts anew may show it later.
            .onErrorResume(CommandFailure.class, busy -> Mono.empty())
            .filter(placement -> shows(placement.path("changed"), wanted))
            .repeatWhenEmpty(looks -> looks.delayElements(BETWEEN_LOOKS))
            .subscribeOn(Schedulers.boundedElastic())
            .timeout(LIMIT, Mono.empty())
            .block();
    if (seen == null) {
      throw CommandFailure.failed(
          "the order is written, but no engine has followed it within %d s: does it run on the same"
                  .formatted(LIMIT.toSeconds())
              + " cluster, and is the order among its dead letters?");
    }
    return seen;
  }

  private static boolean shows(JsonNode changed, Map<String, String> wanted) {
    return wanted.entrySet().stream()
        .allMatch(option -> option.getValue().equals(changed.path(option.getKey()).asText("")));
  }

  private static Table table(JsonNode placement) {
    Table table = Table.of("option", "value", "changed");
    JsonNode changed = placement.path("changed");
    placement
        .path("options")
        .properties()
        .forEach(option ->
            table.row(
                option.getKey(), option.getValue().asText(), mark(changed.has(option.getKey()))));
    return table;
  }

  private static @Nullable String mark(boolean changed) {
    return changed ? "at run time" : null;
  }
}
