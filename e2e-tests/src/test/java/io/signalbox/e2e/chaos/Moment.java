package io.signalbox.e2e.chaos;

import java.time.Instant;

/**
 * When a fault had struck.
 *
 * @param at as the records' clock says
 * @param nanos the same of {@link System#nanoTime}
 */
record Moment(Instant at, long nanos) {
  static Moment now() {
    return new Moment(Instant.now(), System.nanoTime());
  }
}
