package io.signalbox.e2e.chaos;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** Time that a fault lasts. */
final class Clock {
  private Clock() {}

  /** Lets it pass. */
  static void pass(Duration time) {
    Mono.delay(time).block();
  }

  static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
