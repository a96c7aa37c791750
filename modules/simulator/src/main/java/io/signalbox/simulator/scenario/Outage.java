package io.signalbox.simulator.scenario;

/**
 * A device that falls silent: what it runs is lost, and nobody is told but by its silence.
 *
 * @param device id of the device
 * @param fromSeconds when it falls silent
 * @param untilSeconds when it comes back, started anew; infinite when it never does
 */
public record Outage(String device, double fromSeconds, double untilSeconds) {
  public Outage {
    if (!(fromSeconds >= 0) || Double.isInfinite(fromSeconds)) {
      throw new IllegalArgumentException(
          "device '%s' must be lost at a time >= 0, is %s".formatted(device, fromSeconds));
    }
    if (!(untilSeconds > fromSeconds)) {
      throw new IllegalArgumentException(
          "device '%s' must come back after it was lost at %s s, is %s"
              .formatted(device, fromSeconds, untilSeconds));
    }
  }

  /** A device that never comes back. */
  public Outage(String device, double fromSeconds) {
    this(device, fromSeconds, Double.POSITIVE_INFINITY);
  }

  /** Whether both are of one device and have an instant in common. */
  boolean overlaps(Outage other) {
    return device.equals(other.device)
        && fromSeconds <= other.untilSeconds
        && other.fromSeconds <= untilSeconds;
  }
}
