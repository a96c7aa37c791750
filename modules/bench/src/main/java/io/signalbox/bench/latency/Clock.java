package io.signalbox.bench.latency;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The wall clock in microseconds; workers and engine stamp their records with the same one. */
final class Clock {
  private Clock() {}

  static long micros() {
    return micros(Instant.now());
  }

  static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  /** Returns at that time, or at once when it is over. */
  static void sleepUntil(long micros) {
    for (long left = micros - micros(); left > 0; left = micros - micros()) {
      LockSupport.parkNanos(left * 1_000);
    }
  }
}
