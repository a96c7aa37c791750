package io.signalbox.core.device;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How zones are linked, as their devices have measured it; what one zone says of its way to another
 * holds both ways until the other one says something itself. Bounded: of too many zones the first
 * ones are known.
 */
final class Zones {
  private static final int MOST = 64;

  private final Map<String, Map<String, Link>> links = new LinkedHashMap<>();

  /** True while no device has told of a way between zones. */
  boolean areUnlinked() {
    return links.isEmpty();
  }

  /** The zones between which something is known. */
  Set<String> names() {
    return links.keySet();
  }

  /** A device has told of its ways. */
  void told(DeviceReport report) {
    for (Link link : report.links()) {
      if (!report.zone().isEmpty() && !link.zone().equals(report.zone())) {
        Map<String, Link> there = of(link.zone());
        Map<String, Link> here = of(report.zone());
        if (here != null && there != null) {
          here.put(link.zone(), link);
          there.putIfAbsent(
              report.zone(),
              new Link(report.zone(), link.latencySeconds(), link.bandwidthBytesPerSecond()));
        }
      }
    }
  }

  private @Nullable Map<String, Link> of(String zone) {
    Map<String, Link> known = links.get(zone);
    if (known == null && links.size() < MOST) {
      known = new HashMap<>();
      links.put(zone, known);
    }
    return known;
  }

  /** The way between two zones, or null when nothing is known of it. */
  @Nullable Link between(String from, String to) {
    Map<String, Link> known = links.get(from);
    return known == null ? null : known.get(to);
  }

  /** Forgets zones in which there is no device any more. */
  void retain(Collection<String> zones) {
    links.keySet().retainAll(zones);
    links.values().forEach(each -> each.keySet().retainAll(zones));
  }
}
