package io.signalbox.core.device;

/**
 * The way from a device's zone to another one.
 *
 * @param zone the other zone
 * @param latencySeconds until the first byte arrives
 * @param bandwidthBytesPerSecond bytes a second; 0 when unknown
 */
public record Link(String zone, double latencySeconds, double bandwidthBytesPerSecond) {
  /** No transfer is thought to take longer, however slow a device says that it is. */
  static final double MOST_SECONDS = 1e9;

  public Link {
    if (!(latencySeconds >= 0) || Double.isInfinite(latencySeconds)) {
      throw new IllegalArgumentException(
          "the latency to zone '%s' must be >= 0 and finite, is %s"
              .formatted(zone, latencySeconds));
    }
    if (!(bandwidthBytesPerSecond >= 0) || Double.isInfinite(bandwidthBytesPerSecond)) {
      throw new IllegalArgumentException(
          "the bandwidth to zone '%s' must be >= 0 and finite, is %s"
              .formatted(zone, bandwidthBytesPerSecond));
    }
  }

  /** Seconds for so many bytes; unknown bandwidth costs nothing. */
  double seconds(long bytes) {
    return seconds(bytes, latencySeconds, bandwidthBytesPerSecond);
  }

  static double seconds(long bytes, double latencySeconds, double bandwidthBytesPerSecond) {
    double moving = bandwidthBytesPerSecond > 0 ? bytes / bandwidthBytesPerSecond : 0;
    return Math.min(MOST_SECONDS, latencySeconds + moving);
  }
}
