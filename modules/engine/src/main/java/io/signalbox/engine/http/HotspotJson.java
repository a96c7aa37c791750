package io.signalbox.engine.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.core.hotspot.WindowStatistics;
import io.signalbox.engine.board.HotspotBoard.OperationView;
import java.util.Map;
import java.util.TreeMap;

/** What an operation did in the last window, as JSON. */
final class HotspotJson {
  private HotspotJson() {}

  static ObjectNode of(String pool, OperationView view) {
    WindowStatistics statistics = view.statistics();
    return JsonNodeFactory.instance
        .objectNode()
        .put("pool", pool)
        .put("operation", view.operation())
        .put("class", view.deviceClass())
        .put("hot", view.hot())
        .put("windowEnd", JobJson.time(view.windowEnd()))
        .put("count", statistics.count())
        .put("perSecond", statistics.perSecond())
        .put("meanSeconds", statistics.meanSeconds())
        .put("p50Seconds", statistics.p50Seconds())
        .put("p95Seconds", statistics.p95Seconds())
        .put("p99Seconds", statistics.p99Seconds())
        .put("share", statistics.share())
        .put("countShare", statistics.countShare());
  }

  /** What the pool does for a hot operation. */
  static ObjectNode tilt(double weight, Map<String, Integer> keptSlots, boolean splitFiner) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("weight", weight);
    ObjectNode slots = json.putObject("keptSlots");
    new TreeMap<>(keptSlots).forEach(slots::put);
    return json.put("splitFiner", splitFiner);
  }
}
