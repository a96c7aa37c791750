package io.signalbox.engine.scheduling;

import io.signalbox.engine.settings.StreamSettings;

/**
 * When output is committed. Under exactly-once nobody sees an assignment before a commit, so one is
 * due as soon as there is output and the last commit has been over for a while. A commit costs the
 * broker and all readers about the same whether it holds ten records or a thousand; so the while
 * grows with the square of what is written a second: an engine that has little to do answers within
 * milliseconds, a busy one spends its time on tasks.
 *
 * <pre>rest = least · (1 + (records a second / 10,000)²), at most half of the commit interval</pre>
 *
 * <p>Under at-least-once output is seen as it is written, and the commit interval does.
 */
final class CommitPace {
  private static final double DOUBLING_RECORDS_PER_SECOND = 10_000;

  /** How much of the rate comes from the last transaction; the rest from those before. */
  private static final double NEWEST = 0.3;

  private final boolean needed;
  private final double leastSeconds;
  private final double mostSeconds;
  private double recordsPerSecond;
  private long records;
  private boolean asked;
  private double committedAt;

  CommitPace(StreamSettings settings) {
    this.needed = settings.exactlyOnce();
    this.leastSeconds = settings.commitRestMillis() / 1e3;
    this.mostSeconds = Math.max(leastSeconds, settings.commitIntervalMillis() / 2e3);
  }

  /** A record was written. */
  void wrote() {
    records++;
  }

  /**
   * Whether to ask for a commit now; what it says yes to has been made when it is asked again.
   *
   * @param now seconds since the epoch
   */
  boolean isDue(double now) {
    if (asked) {
      asked = false;
      committedAt = now;
    }
    double since = now - committedAt;
    if (!needed || records == 0 || (since >= 0 && since < restSeconds())) {
      return false;
    }
    // Clocks that stand or go back say nothing of the rate.
    double rate = since > 0 ? records / since : recordsPerSecond;
    recordsPerSecond += NEWEST * (rate - recordsPerSecond);
    records = 0;
    asked = true;
    return true;
  }

  /** How long the last commit must be over before the next one. */
  double restSeconds() {
    double load = recordsPerSecond / DOUBLING_RECORDS_PER_SECOND;
    return Math.min(mostSeconds, leastSeconds * (1 + load * load));
  }
}
