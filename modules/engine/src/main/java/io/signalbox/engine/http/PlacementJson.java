package io.signalbox.engine.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.core.pool.PlacementView;
import java.util.TreeMap;

/** How a pool places tasks, as JSON: every option, and those that were changed at run time. */
final class PlacementJson {
  private PlacementJson() {}

  static ObjectNode of(String pool, PlacementView placement) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("pool", pool).put("policy", placement.policy());
    ObjectNode options = json.putObject("options");
    placement.options().forEach(options::put);
    ObjectNode changed = json.putObject("changed");
    new TreeMap<>(placement.changed()).forEach(changed::put);
    return json;
  }
}
