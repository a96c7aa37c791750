package io.signalbox.core.device;

import org.jspecify.annotations.Nullable;

/**
 * What a heartbeat measured of a device that nothing is decided by.
 *
 * @param memoryFreeBytes free device memory, or null when unknown
 * @param ioLatencySeconds mean time of a disk transfer, or null when there was none to measure
 * @param powerWatts power drawn, or null when not measured
 */
public record Vitals(
    @Nullable Long memoryFreeBytes,
    @Nullable Double ioLatencySeconds,
    @Nullable Double powerWatts) {
  /** Nothing was measured. */
  public static final Vitals UNKNOWN = new Vitals(null, null, null);
}
