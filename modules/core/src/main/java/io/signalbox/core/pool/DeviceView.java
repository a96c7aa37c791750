package io.signalbox.core.pool;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Quarantine;
import io.signalbox.core.tuning.Reschedule;
import org.jspecify.annotations.Nullable;

/**
 * A device as listings show it.
 *
 * @param report its last heartbeat
 * @param lastHeard when that came, in seconds since the epoch
 * @param drained an operator drains it
 * @param running attempts that run on it
 * @param offered offers it hasn't started
 * @param completed attempts it has completed since it joined
 * @param slowness how many times as long as its class it takes; 1 unless it is clearly slow
 * @param quarantine why it gets no offers; null when it isn't in quarantine
 * @param weight how gladly it is given work, 100 to 180
 * @param rescheduled why its tasks were placed anew last; null when they weren't since the engine
 *     knows it
 */
public record DeviceView(
    DeviceReport report,
    double lastHeard,
    boolean drained,
    int running,
    int offered,
    long completed,
    double slowness,
    @Nullable Quarantine quarantine,
    double weight,
    @Nullable Rescheduled rescheduled) {
  /** An order to place its tasks anew, when it came, and how many offers it took back. */
  public record Rescheduled(Reschedule order, double at, int offers) {}
}
