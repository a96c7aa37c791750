package io.signalbox.core.tuning;

/**
 * An order to place a device's tasks anew, with its evidence.
 *
 * @param device the device; empty: all of the pool
 * @param trigger what was passed
 * @param observed the figure that passed it: checks, seconds, or a share
 * @param threshold what it passed
 * @param weight of the device by then, see {@link io.signalbox.core.device.DeviceWeight}; 0 for all
 *     of the pool
 */
public record Reschedule(
    String device, Trigger trigger, double observed, double threshold, double weight) {
  /** What may be passed. */
  public enum Trigger {
    /** Health checks failed in a row. */
    HEALTH_CHECKS,
    /** Attempts take too long on it, on average. */
    RESPONSE,
    /** Its slots, or the pool's, have been in use for long. */
    OCCUPANCY
  }
}
