package io.signalbox.worker;

import org.jspecify.annotations.Nullable;

/**
 * How a device is at one moment.
 *
 * @param memoryTotalBytes device memory, 0 when unknown
 * @param memoryFreeBytes free device memory
 * @param load 0 (idle) to 1 (full)
 * @param powerWatts power drawn, or null when not measured
 * @param ioLatencyMillis mean time of a disk transfer, or null when there was none to measure
 * @param healthy false when a health check fails; the engine then gives it nothing
 */
public record DeviceReading(
    long memoryTotalBytes,
    long memoryFreeBytes,
    double load,
    @Nullable Double powerWatts,
    @Nullable Double ioLatencyMillis,
    boolean healthy) {
  /** Nothing is known of the device. */
  public static final DeviceReading UNKNOWN = new DeviceReading(0, 0, 0, null, true);

  /** Of a device whose disks aren't measured. */
  public DeviceReading(
      long memoryTotalBytes,
      long memoryFreeBytes,
      double load,
      @Nullable Double powerWatts,
      boolean healthy) {
    this(memoryTotalBytes, memoryFreeBytes, load, powerWatts, null, healthy);
  }

  /** Bad figures are replaced by the nearest good ones: a heartbeat must go out anyway. */
  public DeviceReading {
    memoryTotalBytes = Math.max(0, memoryTotalBytes);
    memoryFreeBytes = Math.max(0, Math.min(memoryFreeBytes, memoryTotalBytes));
    load = Double.isFinite(load) ? Math.max(0, Math.min(1, load)) : 0;
  }

  /** The same of a device that isn't well. */
  DeviceReading unhealthy() {
    return new DeviceReading(
        memoryTotalBytes, memoryFreeBytes, load, powerWatts, ioLatencyMillis, false);
  }
}
