package io.signalbox.core.device;

/**
 * A device that gets no offers, because it came to no good too often.
 *
 * @param reason what it did
 * @param since since when, in seconds since the epoch
 * @param probeAt when it may be tried with one attempt at a time, in seconds since the epoch
 * @param times how often in a row it was put here, probes that went wrong included
 */
public record Quarantine(Reason reason, double since, double probeAt, int times) {
  /** Seconds before the first probe; they double with each one that goes wrong. */
  private static final double COOL_DOWN_SECONDS = 30;

  private static final int MOST_DOUBLINGS = 6;

  /** What a device did. */
  public enum Reason {
    /** It takes more than three times as long as the others of its class. */
    SLOW,
    /** Attempts of several tasks in a row failed or were lost on it. */
    FAILURES,
    /** Its own health check failed several times in a row. */
    HEALTH_CHECKS,
    /** Its attempts took far longer than those of its class, on average over a window. */
    RESPONSE
  }

  /** The next quarantine of a device, for longer each time. */
  static Quarantine after(int times, Reason reason, double now) {
    double coolDown = COOL_DOWN_SECONDS * (1 << Math.min(MOST_DOUBLINGS, times));
    return new Quarantine(reason, now, now + coolDown, times + 1);
  }
}
