package io.signalbox.core.device;

import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.LabelRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A device's heartbeat.
 *
 * @param id unique within the pool
 * @param deviceClass its class
 * @param incarnation grows with every start of its worker
 * @param sequence counts the heartbeats of an incarnation
 * @param state what it is willing to do
 * @param lanes partitions of its class's assignment topic that its worker reads
 * @param slots attempts it runs at once
 * @param prefetch assignments it takes beyond its slots
 * @param linkedOffers most linked offers it holds behind an attempt, one behind the other; 0 when
 *     it knows none
 * @param held every attempt in its hands
 * @param memoryTotalBytes device memory, 0 when unknown
 * @param bandwidthBytesPerSecond to other devices, 0 when unknown
 * @param linkLatencySeconds to other devices
 * @param load 0 (idle) to 1 (full)
 * @param healthy false when a health check fails
 * @param warmModels operations that it says it needs no warm-up for
 * @param zone where it stands; empty when it hasn't said
 * @param labels its capabilities
 * @param links ways to other zones, as it has measured them
 * @param vitals what else it has measured
 */
public record DeviceReport(
    String id,
    String deviceClass,
    long incarnation,
    long sequence,
    State state,
    List<Integer> lanes,
    int slots,
    int prefetch,
    int linkedOffers,
    List<Held> held,
    long memoryTotalBytes,
    double bandwidthBytesPerSecond,
    double linkLatencySeconds,
    double load,
    boolean healthy,
    Set<String> warmModels,
    String zone,
    Map<String, String> labels,
    List<Link> links,
    Vitals vitals) {
  public DeviceReport {
    lanes = List.copyOf(lanes);
    held = List.copyOf(held);
    warmModels = Set.copyOf(warmModels);
    labels = Map.copyOf(labels);
    links = List.copyOf(links);
  }

  /** Of a device without zone, labels and links, of which nothing else is measured. */
  public DeviceReport(
      String id,
      String deviceClass,
      long incarnation,
      long sequence,
      State state,
      List<Integer> lanes,
      int slots,
      int prefetch,
      int linkedOffers,
      List<Held> held,
      long memoryTotalBytes,
      double bandwidthBytesPerSecond,
      double linkLatencySeconds,
      double load,
      boolean healthy,
      Set<String> warmModels) {
    this(
        id,
        deviceClass,
        incarnation,
        sequence,
        state,
        lanes,
        slots,
        prefetch,
        linkedOffers,
        held,
        memoryTotalBytes,
        bandwidthBytesPerSecond,
        linkLatencySeconds,
        load,
        healthy,
        warmModels,
        "",
        Map.of(),
        List.of(),
        Vitals.UNKNOWN);
  }

  /** The same of a device that stands in a zone and has labels. */
  public DeviceReport in(String otherZone, Map<String, String> otherLabels) {
    return new DeviceReport(
        id,
        deviceClass,
        incarnation,
        sequence,
        state,
        lanes,
        slots,
        prefetch,
        linkedOffers,
        held,
        memoryTotalBytes,
        bandwidthBytesPerSecond,
        linkLatencySeconds,
        load,
        healthy,
        warmModels,
        otherZone,
        otherLabels,
        links,
        vitals);
  }

  /** The value of a label, the zone being one; null when it has no such label. */
  public @Nullable String label(String name) {
    if (name.equals(LabelRules.ZONE)) {
      return zone.isEmpty() ? null : zone;
    }
    return labels.get(name);
  }

  /** Share of the labels, of which there are some, that it doesn't have. */
  public double missing(Map<String, String> wanted) {
    int missing = 0;
    for (Map.Entry<String, String> each : wanted.entrySet()) {
      missing += each.getValue().equals(label(each.getKey())) ? 0 : 1;
    }
    return (double) missing / wanted.size();
  }

  /** True when it has all of these labels. */
  public boolean has(Map<String, String> wanted) {
    for (Map.Entry<String, String> each : wanted.entrySet()) {
      if (!each.getValue().equals(label(each.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /** What a device is willing to do. */
  public enum State {
    /** Takes assignments. */
    ACTIVE,
    /** Finishes what it holds. */
    DRAINING,
    /** Gone on purpose. */
    STOPPED
  }

  /**
   * An attempt in a worker's hands.
   *
   * @param attempt the attempt
   * @param running false while it waits for a slot
   */
  public record Held(AttemptRef attempt, boolean running) {}
}
