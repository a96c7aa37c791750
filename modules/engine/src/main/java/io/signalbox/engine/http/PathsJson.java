package io.signalbox.engine.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.core.pool.JobPaths;
import java.util.List;

/**
 * What holds a job up, as JSON: the seconds and the first tasks of its longest remaining path, and
 * the tasks that most paths lead through, null when the job is too large to tell.
 */
final class PathsJson {
  private PathsJson() {}

  static ObjectNode of(String pool, String job, JobPaths paths) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("pool", pool).put("job", job).put("remainingSeconds", paths.remainingSeconds());
    ObjectNode critical = json.putObject("criticalPath").put("length", paths.length());
    paths.critical().forEach(critical.putArray("tasks")::add);
    List<JobPaths.Bottleneck> bottlenecks = paths.bottlenecks();
    if (bottlenecks == null) {
      json.putNull("bottlenecks");
    } else {
      ArrayNode list = json.putArray("bottlenecks");
      bottlenecks.forEach(
          each -> list.addObject().put("task", each.task()).put("pairs", each.pairs()));
    }
    return json;
  }
}
