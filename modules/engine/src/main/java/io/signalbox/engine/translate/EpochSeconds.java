package io.signalbox.engine.translate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The core's times (seconds since the epoch) and Avro's (instants with microseconds). */
public final class EpochSeconds {
  private static final double MICROS = 1e6;

  private EpochSeconds() {}

  /** Seconds since the epoch, of any instant. */
  public static double of(Instant instant) {
    return instant.getEpochSecond() + instant.getNano() / 1e9;
  }

  static Instant instant(double seconds) {
    return Instant.EPOCH.plus(Math.round(seconds * MICROS), ChronoUnit.MICROS);
  }

  static @Nullable Instant instantOrNull(@Nullable Double seconds) {
    return seconds == null ? null : instant(seconds);
  }
}
