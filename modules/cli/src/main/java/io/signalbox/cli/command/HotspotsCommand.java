package io.signalbox.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.cli.cluster.EngineApi;
import io.signalbox.cli.output.Cell;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.output.Table;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.settings.EngineOptions;
import io.signalbox.cli.settings.PoolFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists operations by what they take, the hot ones marked. */
@Command(
    name = "hotspots",
    description = "Lists what operations did in the last window, hot ones first.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox hotspots",
      "  signalbox hotspots --hot --pool research --format json",
      "",
      "Exit code 1 when no engine answers."
    })
public final class HotspotsCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;
  @Mixin private final EngineOptions engine = new EngineOptions();
  @Mixin private final PoolFilter pools = new PoolFilter();

  @Option(names = "--hot", description = "Only operations that are hot.")
  private boolean hot;

  /** A command that writes to the console. */
  public HotspotsCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    List<JsonNode> operations = new ArrayList<>();
    EngineApi api = engine.api();
    api.required(pools.on("/v1/hotspots")).path("operations").forEach(operations::add);
    if (operations.isEmpty()) {
      pools.check(api);
    }
    JsonNode owners = api.required("/v1/pools").path("pools");
    operations.forEach(each -> addTilt((ObjectNode) each, owners));
    operations.removeIf(each -> hot && !each.path("hot").asBoolean());
    operations.sort(
        Comparator.comparing((JsonNode each) -> !each.path("hot").asBoolean())
            .thenComparingDouble(each -> -each.path("share").asDouble())
            .thenComparing(each -> each.path("operation").asText()));
    if (output.isJson()) {
      output.json(operations);
    } else {
      output.table(
          table(operations),
          hot
              ? "no operation is hot"
              : "no operation has been watched through a window yet; the first takes a quarter of"
                  + " a minute");
    }
    return CommandFailure.OK;
  }

  /** What its pool does for a hot operation: the pool may be with another engine. */
  private static void addTilt(ObjectNode operation, JsonNode owners) {
    for (JsonNode owner : owners) {
      for (JsonNode hot : owner.path("hotOperations")) {
        if (owner.path("pool").equals(operation.path("pool"))
            && hot.path("operation").equals(operation.path("operation"))) {
          operation.set("tilt", hot);
        }
      }
    }
  }

  private static String tilt(JsonNode tilt) {
    List<String> done = new ArrayList<>();
    if (tilt.path("weight").asDouble() > 0) {
      done.add(String.format(Locale.ROOT, "+%.2f", tilt.path("weight").asDouble()));
    }
    tilt.path("keptSlots")
        .properties()
        .forEach(kept -> done.add(kept.getKey() + " " + kept.getValue().asInt()));
    if (tilt.path("splitFiner").asBoolean()) {
      done.add("finer");
    }
    return String.join(", ", done);
  }

  private static Table table(List<JsonNode> operations) {
    Table table =
        Table.of(
            "operation",
            "class",
            "pool",
            "hot",
            "tilt",
            "count",
            "perSecond",
            "mean",
            "p50",
            "p95",
            "p99",
            "share");
    for (JsonNode each : operations) {
      table.row(
          each.path("operation").asText(),
          each.path("class").asText(),
          each.path("pool").asText(),
          each.path("hot").asBoolean() ? "hot" : "",
          tilt(each.path("tilt")),
          each.path("count").asLong(),
          String.format(Locale.ROOT, "%.2f", each.path("perSecond").asDouble()),
          seconds(each.path("meanSeconds")),
          seconds(each.path("p50Seconds")),
          seconds(each.path("p95Seconds")),
          seconds(each.path("p99Seconds")),
          Cell.share(each.path("share").asDouble()));
    }
    return table;
  }

  private static Cell seconds(JsonNode value) {
    double seconds = value.asDouble();
    return seconds < 1
        ? new Cell(seconds, String.format(Locale.ROOT, "%.1f ms", seconds * 1e3))
        : Cell.seconds(seconds);
  }
}
