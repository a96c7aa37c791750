package io.signalbox.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.cli.cluster.EngineApi;
import io.signalbox.cli.settings.PoolFilter;
import java.util.ArrayList;
import java.util.List;

/** How much waits: ready tasks by pool, and records that the engine hasn't read yet. */
final class Backlog {
  private static final int MOST_POOLS = 10;

  private Backlog() {}

  /** In words, a line a pool and a topic; none where nothing waits. */
  static List<String> lines(EngineApi api, PoolFilter pools) {
    List<String> lines = new ArrayList<>();
    JsonNode all = api.get("/v1/pools");
    if (all != null) {
      for (JsonNode pool : all.path("pools")) {
        if (pools.admits(pool.path("pool").asText()) && pool.path("readyTasks").asLong() > 0) {
          lines.add(
              "pool %s: %,d tasks wait for a device, %,d run, %,d devices"
                  .formatted(
                      pool.path("pool").asText(),
                      pool.path("readyTasks").asLong(),
                      pool.path("runningTasks").asLong(),
                      pool.path("devices").asLong()));
        }
      }
    }
    if (lines.size() > MOST_POOLS) {
      int more = lines.size() - MOST_POOLS;
      lines.subList(MOST_POOLS, lines.size()).clear();
      lines.add("and %,d pools more".formatted(more));
    }
    JsonNode health = api.get("/health");
    if (health != null) {
      health
          .path("inputLag")
          .properties()
          .forEach(topic -> {
            if (topic.getValue().asLong() > 0) {
              lines.add(
                  "%,d records of %s aren't read yet"
                      .formatted(topic.getValue().asLong(), topic.getKey()));
            }
          });
    }
    return lines;
  }
}
