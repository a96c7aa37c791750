package io.signalbox.core.pool;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Quarantine;
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
 */
public record DeviceView(
    DeviceReport report,
    double lastHeard,
    boolean drained,
    int running,
    int offered,
    long completed,
    double slowness,
    @Nullable Quarantine quarantine) {}
