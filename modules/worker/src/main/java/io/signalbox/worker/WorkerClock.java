package io.signalbox.worker;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Wall-clock time in microseconds that never goes back within one worker. */
final class WorkerClock {
  private final Clock clock;
  private final AtomicReference<Instant> last = new AtomicReference<>(Instant.EPOCH);

  WorkerClock(Clock clock) {
    this.clock = clock;
  }

  Instant now() {
    Instant time = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return last.accumulateAndGet(time, (before, read) -> read.isBefore(before) ? before : read);
  }
}
