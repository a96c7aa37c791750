package io.signalbox.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.cli.output.Cell;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What holds a job up, as the engine answers it: its critical path and its bottlenecks. */
final class JobDetails {
  private JobDetails() {}

  /** The job with its paths; their fields are null when the job has ended. */
  static JsonNode withPaths(JsonNode job, @Nullable JsonNode paths) {
    ObjectNode whole = job.deepCopy();
    whole.set("criticalPath", paths == null ? null : paths.get("criticalPath"));
    whole.set("bottlenecks", paths == null ? null : paths.get("bottlenecks"));
    return whole;
  }

  /** The same for people. */
  static List<String> lines(JsonNode paths) {
    List<String> lines = new ArrayList<>();
    JsonNode critical = paths.path("criticalPath");
    List<String> tasks = new ArrayList<>();
    critical.path("tasks").forEach(task -> tasks.add(task.asText()));
    int length = critical.path("length").asInt();
    if (length > 0) {
      lines.add(
          "critical path: %s, %,d task%s: %s%s"
              .formatted(
                  Cell.duration(paths.path("remainingSeconds").asDouble()),
                  length,
                  length == 1 ? "" : "s",
                  String.join(" -> ", tasks),
                  length > tasks.size() ? " -> …" : ""));
    }
    List<String> bottlenecks = new ArrayList<>();
    paths
        .path("bottlenecks")
        .forEach(each ->
            bottlenecks.add(
                "%s (%,d)".formatted(each.path("task").asText(), each.path("pairs").asLong())));
    if (!bottlenecks.isEmpty()) {
      lines.add(
          "bottlenecks (pairs of tasks with their longest path through it): "
              + String.join(", ", bottlenecks));
    }
    return lines;
  }
}
