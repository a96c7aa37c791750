package io.signalbox.simulator.workload;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The devices there are and the network between them.
 *
 * @param devices at least one, with ids that differ
 * @param network the network
 */
public record Fleet(List<Device> devices, Network network) {
  public Fleet {
    devices = List.copyOf(devices);
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("a fleet has at least one device");
    }
  }

  /** Reads a fleet file of any device classes. */
  public static Fleet read(Path file) throws InvalidFileException {
    return read(file, Optional.empty());
  }

  /**
   * Reads a fleet file, JSON or YAML.
   *
   * @param file the file
   * @param knownClasses the device classes there are; another one is an error
   * @throws InvalidFileException if the file can't be read or breaks a rule, naming every place
   */
  public static Fleet read(Path file, Optional<Set<String>> knownClasses)
      throws InvalidFileException {
    return FleetFile.read(Document.read(file), knownClasses);
  }

  /** Slots by device class, sorted by name. */
  public NavigableMap<String, Integer> slotsByClass() {
    NavigableMap<String, Integer> slots = new TreeMap<>();
    devices.forEach(device -> slots.merge(device.deviceClass(), device.slots(), Integer::sum));
    return slots;
  }

  /** The device classes of the fleet, sorted by name. */
  public Set<String> classes() {
    return slotsByClass().keySet();
  }

  /**
   * One device.
   *
   * @param id its name, unique in the fleet
   * @param deviceClass its class
   * @param slots attempts it runs at once, each as fast as if alone
   * @param prefetch offers it holds beyond its slots
   * @param zone where it stands; empty when it isn't said
   * @param labels its capabilities
   */
  public record Device(
      String id,
      String deviceClass,
      int slots,
      int prefetch,
      String zone,
      Map<String, String> labels) {
    public Device {
      labels = Map.copyOf(labels);
    }

    /** A device without zone and labels. */
    public Device(String id, String deviceClass, int slots, int prefetch) {
      this(id, deviceClass, slots, prefetch, "", Map.of());
    }
  }
}
