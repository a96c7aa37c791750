package io.signalbox.engine.delivery;

import java.util.Locale;

/**
 * Something that goes wrong in a run. A fault draws from a source of chance of its own, so that the
 * others stay what they are when it is taken out.
 *
 * @param id its number in the plan
 * @param kind what goes wrong
 * @param at when, or from when on, in seconds from the run's start
 * @param seconds how long it lasts, or how long until what broke is whole again
 * @param device the device that it hits; faults of the engine ignore it
 * @param size how much: a share of the records, an offset in seconds, a number of effects
 */
record Fault(int id, Kind kind, double at, double seconds, int device, double size) {
  /** What can go wrong. */
  enum Kind {
    TELEMETRY_LOST,
    TELEMETRY_DOUBLED,
    TELEMETRY_DELAYED,
    TELEMETRY_REORDERED,
    EVENTS_LOST,
    EVENTS_DOUBLED,
    EVENTS_DELAYED,
    EVENTS_REORDERED,
    SUBMISSIONS_DOUBLED,
    RECORDS_MISPLACED,
    ENGINE_KILLED_AT_AN_EFFECT,
    ENGINE_KILLED,
    ENGINE_STALLED,
    WORKER_KILLED,
    WORKER_PAUSED,
    WORKER_REPLACED_WHILE_PAUSED,
    CLOCK_SKEWED,
    HEARTBEATS_FLAPPING,
    HEALTH_FLAPPING,
    LANES_MOVED,
    LANES_READ_AGAIN,
    ATTEMPTS_SLOW,
    ATTEMPTS_FAILING,
    DEVICE_DRAINED,
    POOL_PAUSED,
    JOB_CANCELLED,
  }

  boolean covers(double time) {
    return time >= at && time < at + seconds;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%6.2f s %s for %.2f s, device %d, size %.3f",
        at,
        kind,
        seconds,
        device,
        size);
  }
}
