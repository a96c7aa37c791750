package io.signalbox.simulator.workload;

/**
 * How long data takes from one device to another, without contention.
 *
 * @param bandwidthBytesPerSecond bytes per second between any two devices; infinite when transfers
 *     cost nothing
 * @param latencySeconds seconds before the first byte arrives
 */
public record Network(double bandwidthBytesPerSecond, double latencySeconds) {
  /** Transfers that cost nothing, for fleets that name no network. */
  public static final Network FREE = new Network(Double.POSITIVE_INFINITY, 0);

  public Network {
    if (!(bandwidthBytesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "bandwidthBytesPerSecond must be > 0, is " + bandwidthBytesPerSecond);
    }
    if (!(latencySeconds >= 0) || Double.isInfinite(latencySeconds)) {
      throw new IllegalArgumentException(
          "latencySeconds must be >= 0 and finite, is " + latencySeconds);
    }
  }

  /**
   * Seconds until a parent's output is on the child's device, counted from the parent's finish: 0
   * on the same device, otherwise latency + bytes / bandwidth.
   */
  public double transferSeconds(long bytes, String fromDevice, String toDevice) {
    return fromDevice.equals(toDevice) ? 0 : transferSeconds(bytes);
  }

  /** Seconds for so many bytes between two different devices. */
  public double transferSeconds(long bytes) {
    return latencySeconds + bytes / bandwidthBytesPerSecond;
  }
}
