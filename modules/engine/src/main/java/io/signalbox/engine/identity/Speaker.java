package io.signalbox.engine.identity;

import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.ExecutionTrace;
import io.signalbox.events.TaskEvent;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * For whom a record speaks.
 *
 * @param pool the pool it names
 * @param device the device it names
 * @param deviceClass the class it names, null where a record of its kind names none
 */
record Speaker(String pool, String device, @Nullable String deviceClass) {
  /** The device that a record speaks for; null when its kind isn't one that workers write. */
  static @Nullable Speaker of(SpecificRecord value) {
    return switch (value) {
      case TaskEvent event -> new Speaker(event.getPool(), event.getDeviceId(), null);
      case DeviceTelemetry telemetry ->
          new Speaker(telemetry.getPool(), telemetry.getDeviceId(), telemetry.getDeviceClass());
      case ExecutionTrace trace ->
          new Speaker(trace.getPool(), trace.getDeviceId(), trace.getDeviceClass());
      default -> null;
    };
  }

  @Override
  public String toString() {
    return "device '%s'%s of pool '%s'"
        .formatted(
            shortened(device),
            deviceClass == null ? "" : " (" + shortened(deviceClass) + ")",
            shortened(pool));
  }

  /** What a stranger wrote may be of any length. */
  private static String shortened(String name) {
    return name.length() <= 200 ? name : name.substring(0, 200) + "…";
  }
}
