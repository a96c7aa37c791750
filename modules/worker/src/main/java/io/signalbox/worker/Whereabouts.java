package io.signalbox.worker;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a device stands and what it can do, as its next heartbeat says.
 *
 * @param zone where it stands, may be empty
 * @param labels its capabilities
 */
record Whereabouts(String zone, Map<String, String> labels) {
  Whereabouts {
    labels = Map.copyOf(labels);
  }

  /** The same in another zone. */
  Whereabouts in(String other) {
    return new Whereabouts(other, labels);
  }

  /** The same with a label of that value, or without it. */
  Whereabouts with(String label, @Nullable String value) {
    Map<String, String> changed = new HashMap<>(labels);
    if (value == null) {
      changed.remove(label);
    } else {
      changed.put(label, value);
    }
    return new Whereabouts(zone, changed);
  }
}
