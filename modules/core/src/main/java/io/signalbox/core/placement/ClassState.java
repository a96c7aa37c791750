package io.signalbox.core.placement;

import io.signalbox.core.device.Availability;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A class of devices as a queued task finds it.
 *
 * @param deviceClass its name
 * @param devices how many of its devices stand how towards the task
 * @param first the device that should be free for it first, with the time it should start, run and
 *     finish there, reservations not counted; empty when no device can run it
 * @param probeAt when the first quarantined device may be tried again, in seconds since the epoch;
 *     empty when none is in quarantine, or one is being tried
 */
public record ClassState(
    String deviceClass,
    Map<Availability, Integer> devices,
    Optional<Candidate> first,
    OptionalDouble probeAt) {
  public ClassState {
    devices = Map.copyOf(devices);
  }

  /** How many devices stand so towards the task. */
  public int count(Availability availability) {
    return devices.getOrDefault(availability, 0);
  }

  /** How many devices it has, whatever keeps them. */
  public int size() {
    return devices.values().stream().mapToInt(Integer::intValue).sum();
  }
}
