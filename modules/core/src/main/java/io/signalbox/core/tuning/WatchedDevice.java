package io.signalbox.core.tuning;

import io.signalbox.core.device.DeviceWeight;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One device as it was lately. */
final class WatchedDevice {
  private final SlidingMean responses;
  private final Map<Reschedule.Trigger, Double> namedAt = new EnumMap<>(Reschedule.Trigger.class);
  private Sighting last;
  private double heardAt;
  private int failedChecks;

  /** The most in a row since the last look: a device that flaps is well again by then. */
  private int mostFailedChecks;

  private final Crowding crowding = new Crowding();

  WatchedDevice(Sighting first, double windowSeconds) {
    last = first;
    responses = new SlidingMean(windowSeconds);
  }

  void seen(Sighting sighting, double occupancy, double now) {
    last = sighting;
    heardAt = now;
    failedChecks = sighting.healthy() ? 0 : failedChecks + 1;
    mostFailedChecks = Math.max(mostFailedChecks, failedChecks);
    crowding.seen(occupancy(), occupancy, now);
  }

  void ended(double seconds, double now) {
    responses.add(seconds, now);
  }

  Sighting last() {
    return last;
  }

  double heardAt() {
    return heardAt;
  }

  double occupancy() {
    return last.slots() == 0 ? 0 : (double) last.running() / last.slots();
  }

  /** Mean run time in the window; not a number while there are too few attempts. */
  double response(int leastCount, double now) {
    return responses.count(now) < leastCount ? Double.NaN : responses.mean(now);
  }

  /**
   * What it has passed, that it wasn't named for lately; null when there is nothing.
   *
   * @param classResponse median of the mean run times of its class
   */
  @Nullable Reschedule passed(
      Thresholds thresholds, TuningSettings settings, double classResponse, double now) {
    int failed = mostFailedChecks;
    mostFailedChecks = failedChecks;
    if (!last.active()) {
      return null;
    }
    if (failed >= thresholds.failedChecks()
        && free(Reschedule.Trigger.HEALTH_CHECKS, settings, now)) {
      return order(Reschedule.Trigger.HEALTH_CHECKS, failed, thresholds.failedChecks());
    }
    double response = response(settings.leastCount(), now);
    double limit =
        Math.max(thresholds.responseSeconds(), thresholds.responseRatio() * classResponse);
    if (response > limit && free(Reschedule.Trigger.RESPONSE, settings, now)) {
      return order(Reschedule.Trigger.RESPONSE, response, limit);
    }
    return crowding.sustained(thresholds.sustainedSeconds(), now)
            && free(Reschedule.Trigger.OCCUPANCY, settings, now)
        ? order(Reschedule.Trigger.OCCUPANCY, occupancy(), thresholds.occupancy())
        : null;
  }

  private boolean free(Reschedule.Trigger trigger, TuningSettings settings, double now) {
    Double at = namedAt.get(trigger);
    return at == null || now - at >= settings.coolDownSeconds();
  }

  void named(Reschedule.Trigger trigger, double now) {
    namedAt.put(trigger, now);
  }

  private Reschedule order(Reschedule.Trigger trigger, double observed, double threshold) {
    double weight = DeviceWeight.of(last.load(), last.latencySeconds());
    return new Reschedule(last.device(), trigger, observed, threshold, weight);
  }
}
