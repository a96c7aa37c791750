package io.signalbox.core.device;

import io.signalbox.core.job.AttemptRef;
import java.util.List;
import java.util.Set;

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
    Set<String> warmModels) {
  public DeviceReport {
    lanes = List.copyOf(lanes);
    held = List.copyOf(held);
    warmModels = Set.copyOf(warmModels);
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
