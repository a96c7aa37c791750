package io.signalbox.simulator.workload;

import io.signalbox.simulator.workload.Fleet.Device;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a fleet: its devices, and the network between them if the file names one. */
final class FleetFile {
  private static final int MOST_SLOTS = 10_000;

  /**
   * The engine fills it only with what should start within a moment, so that it costs nothing where
   * tasks are long, and keeps a device busy where they are shorter than an offer's way to it.
   */
  private static final int DEFAULT_PREFETCH = 3;

  private final Optional<Set<String>> knownClasses;
  private final Set<String> ids = new HashSet<>();
  private final List<Device> devices = new ArrayList<>();

  private FleetFile(Optional<Set<String>> knownClasses) {
    this.knownClasses = knownClasses;
  }

  static Fleet read(Place root, Optional<Set<String>> knownClasses) throws InvalidFileException {
    FleetFile file = new FleetFile(knownClasses);
    Network network = file.fleet(root);
    root.problems().throwIfAny();
    return new Fleet(file.devices, network);
  }

  private Network fleet(Place root) {
    Section section = root.section("{devices: [{id: cpu-0, class: cpu}]}");
    if (section == null) {
      return Network.FREE;
    }
    section.allow(List.of("devices", "network"));
    Place list = section.require("devices", "a list, such as [{id: cpu-0, class: cpu}]");
    if (list != null) {
      if (list.isEmptyList()) {
        list.problem("is empty; a fleet has at least one device");
      }
      list.items("[{id: cpu-0, class: cpu}]").forEach(this::device);
    }
    Place network = section.get("network");
    return network == null ? Network.FREE : network(network);
  }

  private void device(Place place) {
    Section section = place.section("{id: cpu-0, class: cpu, slots: 1, prefetch: 1}");
    if (section == null) {
      return;
    }
    section.allow(List.of("id", "class", "slots", "prefetch", "zone", "labels"));
    Place idPlace = section.require("id", "a name that no other device has");
    Place classPlace = section.require("class", "the name of a device class");
    String id = idPlace == null ? null : Names.name(idPlace);
    String deviceClass = classPlace == null ? null : Traits.knownClass(classPlace, knownClasses);
    int slots = count(section.get("slots"), 1, 1);
    int prefetch = count(section.get("prefetch"), 0, DEFAULT_PREFETCH);
    Place zonePlace = section.get("zone");
    String zone = zonePlace == null ? null : Names.name(zonePlace);
    Map<String, String> labels = LabelMap.read(section.get("labels"));
    if (idPlace != null && id != null && !ids.add(id)) {
      idPlace.problem("another device has the id \"%s\" already; ids must differ".formatted(id));
    }
    if (id != null && deviceClass != null) {
      devices.add(
          new Device(
              id,
              deviceClass,
              slots,
              prefetch,
              zone == null ? "" : zone,
              labels == null ? Map.of() : labels));
    }
  }

  private static int count(@Nullable Place place, int least, int otherwise) {
    OptionalInt count =
        place == null ? OptionalInt.empty() : Quantity.whole(place, least, MOST_SLOTS);
    return count.orElse(otherwise);
  }

  private static Network network(Place place) {
    Section section = place.section("{bandwidthBytesPerSecond: 1e9, latencySeconds: 0.002}");
    if (section == null) {
      return Network.FREE;
    }
    section.allow(List.of("bandwidthBytesPerSecond", "latencySeconds"));
    Place bandwidth = section.get("bandwidthBytesPerSecond");
    Place latency = section.get("latencySeconds");
    OptionalDouble bytes =
        bandwidth == null ? OptionalDouble.empty() : Quantity.bytesPerSecond(bandwidth);
    OptionalDouble seconds = latency == null ? OptionalDouble.empty() : Quantity.seconds(latency);
    return new Network(bytes.orElse(Double.POSITIVE_INFINITY), seconds.orElse(0));
  }
}
