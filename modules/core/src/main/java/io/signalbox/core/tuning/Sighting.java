package io.signalbox.core.tuning;

/**
 * What a heartbeat says of a device, as far as it is watched.
 *
 * @param device the device
 * @param deviceClass its class
 * @param active it takes work
 * @param healthy its own health check succeeded
 * @param slots attempts that it runs at once
 * @param running attempts that it runs
 * @param load of its machine, 0 to 1
 * @param latencySeconds to the other devices
 */
public record Sighting(
    String device,
    String deviceClass,
    boolean active,
    boolean healthy,
    int slots,
    int running,
    double load,
    double latencySeconds) {}
