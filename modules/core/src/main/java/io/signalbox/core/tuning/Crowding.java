package io.signalbox.core.tuning;

/** For how long slots have been in use beyond a threshold without a break. */
final class Crowding {
  private double since = Double.POSITIVE_INFINITY;

  void seen(double occupancy, double threshold, double now) {
    if (occupancy > threshold) {
      since = Math.min(since, now);
    } else {
      since = Double.POSITIVE_INFINITY;
    }
  }

  boolean sustained(double seconds, double now) {
    return now - since >= seconds;
  }
}
