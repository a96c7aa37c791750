package io.signalbox.cli.fleet;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.worker.DeviceProbe;
import io.signalbox.worker.DeviceReading;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Measures a device that isn't there: it is as busy and as full as what runs on it makes it, draws
 * power in proportion, and is well.
 */
final class SimulatedProbe implements DeviceProbe {
  /** About what a solid-state disk takes for a transfer while nothing else wants it. */
  private static final double IDLE_DISK_MILLIS = 0.1;

  /** The same where every slot wants it. */
  private static final double BUSY_DISK_MILLIS = 1;

  private final int slots;
  private final @Nullable DeviceClass deviceClass;
  private int running;
  private long neededBytes;

  /**
   * An idle device.
   *
   * @param slots attempts it runs at once
   * @param deviceClass what is known of its class; null: its memory and power are unknown
   */
  SimulatedProbe(int slots, @Nullable DeviceClass deviceClass) {
    this.slots = slots;
    this.deviceClass = deviceClass;
  }

  /** The attempt, which takes up a slot and that much memory until it ends in whatever way. */
  <T> Mono<T> during(long memoryBytes, Mono<T> attempt) {
    return Mono.using(() -> begun(memoryBytes), held -> attempt, this::ended);
  }

  private synchronized long begun(long memoryBytes) {
    running++;
    neededBytes += memoryBytes;
    return memoryBytes;
  }

  private synchronized void ended(long memoryBytes) {
    running--;
    neededBytes -= memoryBytes;
  }

  @Override
  public synchronized DeviceReading read() {
    double load = (double) running / slots;
    long memory = deviceClass == null ? 0 : deviceClass.memoryBytes();
    return new DeviceReading(
        memory,
        memory - neededBytes,
        load,
        deviceClass == null || deviceClass.busyWatts() == 0
            ? null
            : between(deviceClass.idleWatts(), deviceClass.busyWatts(), load),
        between(IDLE_DISK_MILLIS, BUSY_DISK_MILLIS, load),
        true);
  }

  private static Double between(double idle, double busy, double load) {
    return idle + (busy - idle) * load;
  }
}
