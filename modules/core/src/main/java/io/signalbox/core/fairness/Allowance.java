package io.signalbox.core.fairness;

/**
 * A token bucket: how many tasks a tenant may still submit at once. It fills at the tenant's rate
 * up to the tenant's burst; the time is handed in, so the same submissions at the same times find
 * the same bucket.
 *
 * @param tokens tasks that it held
 * @param at when, in seconds since the epoch
 */
public record Allowance(double tokens, double at) {
  /** What it holds now; a clock that went back adds nothing. */
  public Allowance at(double now, double tasksPerSecond, double burst) {
    double earned = Math.max(0, now - at) * tasksPerSecond;
    return new Allowance(Math.min(burst, tokens + earned), now);
  }

  /** What is left when so many tasks were taken. */
  public Allowance less(int tasks) {
    return new Allowance(tokens - tasks, at);
  }
}
