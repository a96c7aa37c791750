package io.signalbox.engine.scheduling;

import io.signalbox.engine.settings.StreamSettings;

/**
 * When output is committed. Under exactly-once nobody sees an assignment before a commit, and a
 * commit takes some milliseconds whether it holds ten records or a thousand. Meanwhile input
 * collects. So a commit is due when all input at hand has been read, unless reading it took long:
 *
 * <pre>time that the last batch took &gt; half of what a commit takes</pre>
 *
 * <p>says that more has come meanwhile and the engine has much to do; it goes on reading, and
 * commits less often the more there is, but never less than twice in a commit interval. An engine
 * that has little to do answers as fast as a commit is made.
 *
 * <p>Under at-least-once output is seen as it is written, and the commit interval does.
 */
final class CommitPace {
  /** What a commit is thought to take before one has been seen, in seconds. */
  private static final double UNSEEN_SECONDS = 0.005;

  /** How much of the estimate comes from the last commit; the rest from those before. */
  private static final double NEWEST = 0.2;

  private static final double LONG_BATCH = 0.5;

  private final boolean needed;
  private final double leastSeconds;
  private final double mostSeconds;
  private double commitSeconds = UNSEEN_SECONDS;
  private boolean written;
  private boolean asked;
  private double askedAt;
  private double committedAt;

  CommitPace(StreamSettings settings) {
    this.needed = settings.exactlyOnce();
    this.leastSeconds = settings.commitRestMillis() / 1e3;
    this.mostSeconds = Math.max(leastSeconds, settings.commitIntervalMillis() / 2e3);
  }

  /** A record was written. */
  void wrote() {
    written = true;
  }

  /** The engine is at work: what was asked for has been made. Times are seconds since the epoch. */
  void resume(double now) {
    if (asked) {
      asked = false;
      committedAt = now;
      // Clocks may go back.
      commitSeconds += NEWEST * (Math.max(0, now - askedAt) - commitSeconds);
    }
  }

  /**
   * Whether to ask for a commit now that all input at hand has been read.
   *
   * @param batchSeconds how long that took
   */
  boolean isDue(double now, double batchSeconds) {
    double since = now - committedAt;
    boolean busy = batchSeconds > LONG_BATCH * commitSeconds;
    if (!needed || !written || (since >= 0 && since < (busy ? mostSeconds : leastSeconds))) {
      return false;
    }
    written = false;
    asked = true;
    askedAt = now;
    return true;
  }
}
