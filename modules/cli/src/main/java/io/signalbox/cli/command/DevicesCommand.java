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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists devices. */
@Command(
    name = "devices",
    description = "Lists the devices an engine has heard of and what they are doing.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox devices",
      "  signalbox devices --pool research --format json",
      "",
      "Exit code 1 when no engine answers."
    })
public final class DevicesCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;
  @Mixin private final EngineOptions engine = new EngineOptions();
  @Mixin private final PoolFilter pools = new PoolFilter();

  /** A command that writes to the console. */
  public DevicesCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    EngineApi api = engine.api();
    JsonNode devices = api.required(pools.on("/v1/devices")).path("devices");
    if (devices.isEmpty()) {
      pools.check(api);
    }
    if (output.isJson()) {
      output.json(devices);
    } else {
      output.table(table(devices), "no devices yet: ./signalbox worker --fleet FILE starts some");
    }
    return CommandFailure.OK;
  }

  private static Table table(JsonNode devices) {
    List<JsonNode> sorted = new ArrayList<>();
    devices.forEach(sorted::add);
    sorted.sort(
        Comparator.comparing((JsonNode each) -> each.path("pool").asText())
            .thenComparing(each -> each.path("class").asText())
            .thenComparing(each -> each.path("device").asText()));
    Table table =
        Table.of(
            "device",
            "class",
            "pool",
            "state",
            "weight",
            "load",
            "freeMemory",
            "ioLatency",
            "power",
            "slots",
            "running",
            "offered",
            "completed",
            "lanes",
            "heardSeconds");
    for (JsonNode each : sorted) {
      List<String> lanes = new ArrayList<>();
      each.path("lanes").forEach(lane -> lanes.add(lane.asText()));
      table.row(
          each.path("device").asText(),
          each.path("class").asText(),
          each.path("pool").asText(),
          state(each),
          Math.round(each.path("weight").asDouble()),
          DeviceCells.load(each),
          DeviceCells.memory(each),
          DeviceCells.ioLatency(each),
          DeviceCells.power(each),
          each.path("slots").asInt(),
          each.path("running").asInt(),
          each.path("offered").asInt(),
          each.path("completed").asLong(),
          lanes,
          heard(each.path("lastHeard")));
    }
    return table;
  }

  private static String state(JsonNode device) {
    return device.path("state").asText()
        + (device.path("drained").asBoolean() ? ", drained" : "")
        + (device.path("healthy").asBoolean(true) ? "" : ", unhealthy")
        + slowness(device.path("slowness").asDouble(1))
        + quarantine(device.path("quarantine"))
        + rescheduled(device.path("rescheduled"));
  }

  private static String slowness(double times) {
    return times > 1 ? String.format(Locale.ROOT, ", %.1fx slow", times) : "";
  }

  private static String quarantine(JsonNode quarantine) {
    return quarantine.isMissingNode()
        ? ""
        : ", quarantined for "
            + quarantine.path("reason").asText().toLowerCase(Locale.ROOT).replace('_', ' ')
            + " since "
            + quarantine.path("since").asText();
  }

  private static String rescheduled(JsonNode order) {
    return order.isMissingNode()
        ? ""
        : String.format(
            Locale.ROOT,
            ", rescheduled at %s for %s %.2f over %.2f",
            order.path("at").asText(),
            order.path("trigger").asText().toLowerCase(Locale.ROOT).replace('_', ' '),
            order.path("observed").asDouble(),
            order.path("threshold").asDouble());
  }

  private static Cell heard(JsonNode lastHeard) {
    if (!lastHeard.isTextual()) {
      return Cell.of(null);
    }
    Duration age = Duration.between(Instant.parse(lastHeard.asText()), Instant.now());
    return new Cell(null, Cell.duration(Math.max(0, age.toMillis() / 1e3)) + " ago");
  }
}
