package io.signalbox.engine.scheduling;

import io.signalbox.engine.settings.StreamSettings;

/**
 * When tasks are placed and output is committed. Under exactly-once nobody sees an assignment
 * before a commit, and a commit takes some milliseconds whether it holds ten records or a thousand.
 * Meanwhile input collects. So a commit is due when all input at hand has been read. Kafka's
 * consumer doesn't say when that is, but more is at hand
 *
 * <ul>
 *   <li>after the first batch behind a commit, if it was there at once: a consumer asks for the
 *       next records when it hands out the last ones, so these are the few that had come when the
 *       commit began, and what came during the commit is behind them;
 *   <li>after a batch that took more than half of what a commit takes.
 * </ul>
 *
 * <p>Then the engine reads on, and commits less often the more there is, but not less than twice in
 * a commit interval. An engine that has little to do answers as fast as a commit is made.
 *
 * <p>Under at-least-once output is seen as it is written, and the commit interval does.
 */
final class CommitPace {
  /** What a commit is thought to take before one has been seen, in seconds. */
  private static final double UNSEEN_SECONDS = 0.005;

  /** How much of the estimate comes from the last commit; the rest from those before. */
  private static final double NEWEST = 0.2;

  private static final double LONG_BATCH = 0.5;

  /** What is at hand comes within that time; the clock counts milliseconds. */
  private static final double AT_HAND_SECONDS = 0.002;

  private final boolean needed;
  private final double leastSeconds;
  private final double mostSeconds;
  private double commitSeconds = UNSEEN_SECONDS;
  private boolean written;
  private boolean asked;
  private double askedAt;
  private double committedAt;
  private boolean first;
  private double readsOnUntil;

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
      first = true;
      committedAt = now;
      // Clocks may go back.
      commitSeconds += NEWEST * (Math.max(0, now - askedAt) - commitSeconds);
    }
  }

  /**
   * Whether to read on before anything else, now that a batch has been read: more is at hand, and
   * what would be placed now couldn't be seen before a commit anyway.
   *
   * @param seconds how long the batch took
   */
  boolean readsOn(double now, double seconds) {
    boolean wasAtHand = first && now - seconds - committedAt < AT_HAND_SECONDS;
    first = false;
    boolean more = needed && (wasAtHand || seconds > LONG_BATCH * commitSeconds);
    readsOnUntil = more ? now + AT_HAND_SECONDS : now;
    return more && within(mostSeconds, now);
  }

  /** Whether a poll has yet to show that nothing more is at hand. */
  boolean readsOn(double now) {
    return now < readsOnUntil && readsOnUntil <= now + AT_HAND_SECONDS && within(mostSeconds, now);
  }

  /** Whether to ask for a commit now that all that was at hand has been read and placed. */
  boolean isDue(double now) {
    if (!needed || !written || within(leastSeconds, now)) {
      return false;
    }
    written = false;
    asked = true;
    askedAt = now;
    return true;
  }

  /** Whether the last commit ended that short a time ago. */
  private boolean within(double seconds, double now) {
    double since = now - committedAt;
    return since >= 0 && since < seconds;
  }
}
