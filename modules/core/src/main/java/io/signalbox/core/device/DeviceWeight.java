package io.signalbox.core.device;

/** How gladly a device is given work, by how it is: 100 to 180, more is better. */
public final class DeviceWeight {
  private static final double BASE = 100;
  private static final double IDLE = 50;
  private static final double NEAR = 30;
  private static final double NEAR_SECONDS = 0.05;
  private static final double CLOSE_BY = 15;
  private static final double CLOSE_BY_SECONDS = 0.1;

  private DeviceWeight() {}

  /**
   * 100 + 50 · (1 − load) + 30 below 50 ms of latency, 15 below 100 ms, 0 beyond.
   *
   * @param load of its machine, 0 (idle) to 1 (full); what is outside counts as the nearer of these
   * @param latencySeconds to the other devices
   */
  public static double of(double load, double latencySeconds) {
    double idle = Double.isNaN(load) ? 0 : 1 - Math.clamp(load, 0.0, 1.0);
    return BASE + IDLE * idle + nearness(latencySeconds);
  }

  private static double nearness(double latencySeconds) {
    if (latencySeconds < NEAR_SECONDS) {
      return NEAR;
    }
    return latencySeconds < CLOSE_BY_SECONDS ? CLOSE_BY : 0;
  }
}
