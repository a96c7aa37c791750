package io.signalbox.core.pool;

import io.signalbox.core.device.DeviceReport;

/**
 * A device as listings show it.
 *
 * @param report its last heartbeat
 * @param lastHeard when that came, in seconds since the epoch
 * @param drained an operator drains it
 * @param running attempts that run on it
 * @param offered offers it hasn't started
 * @param completed attempts it has completed since it joined
 */
public record DeviceView(
    DeviceReport report,
    double lastHeard,
    boolean drained,
    int running,
    int offered,
    long completed) {}
