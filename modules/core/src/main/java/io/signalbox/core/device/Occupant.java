package io.signalbox.core.device;

import io.signalbox.core.job.Task;
import org.jspecify.annotations.Nullable;

/** An attempt that takes up a place on a device: offered and waiting for a slot, or running. */
public final class Occupant {
  /** An attempt that has run for that many times its predicted run time is late. */
  public static final double LATE = 1.5;

  /** What should be over now hasn't said so yet: its device isn't free before it has. */
  private static final double SOON_SECONDS = 1e-3;

  /** Why an attempt is on its device, as whoever placed it wants to know later. */
  public interface Reason {}

  private final Task task;
  private final int attempt;
  private final double predictedSeconds;
  private final boolean immediate;
  private boolean running;
  private boolean over;
  private double startsAt;
  private double lastNamed;
  private double linkedSeconds;
  private @Nullable Reason reason;

  Occupant(Task task, int attempt, double predictedSeconds, double startsAt, boolean immediate) {
    this.task = task;
    this.attempt = attempt;
    this.predictedSeconds = predictedSeconds;
    this.startsAt = startsAt;
    this.immediate = immediate;
  }

  /** The task that is attempted. */
  public Task task() {
    return task;
  }

  /** Number of the attempt. */
  public int attempt() {
    return attempt;
  }

  /** True once its worker has said that it started. */
  public boolean running() {
    return running;
  }

  /** True once it is on its device no more. */
  public boolean over() {
    return over;
  }

  void leave() {
    over = true;
  }

  /** When it started, or is expected to, in seconds since the epoch. */
  public double startsAt() {
    return startsAt;
  }

  /** True when it was offered to an idle slot with its inputs there: to start at once. */
  public boolean immediate() {
    return immediate;
  }

  /** Predicted run time in seconds. */
  public double predictedSeconds() {
    return predictedSeconds;
  }

  /** Predicted run time of what is linked to it and follows in its slot, in seconds. */
  public double linkedSeconds() {
    return linkedSeconds;
  }

  /** Why it is there; null when that isn't known. */
  public @Nullable Reason reason() {
    return reason;
  }

  /** Keeps why it is there. */
  public void because(@Nullable Reason why) {
    reason = why;
  }

  void follow(double seconds) {
    linkedSeconds = seconds;
  }

  /** When its device last named it among what it holds: its lease counts from here. */
  public double lastNamed() {
    return lastNamed;
  }

  /** Its device named it. */
  public void named(double now) {
    lastNamed = now;
  }

  /** True when it runs and is so late that nobody knows when it ends. */
  public boolean late(double now) {
    return running && now - startsAt >= LATE * predictedSeconds;
  }

  void start(double at, double now) {
    running = true;
    startsAt = at;
    lastNamed = now;
  }

  /**
   * When the attempt should be over, without what is linked to it, in seconds since the epoch; one
   * that isn't running yet starts now at the earliest. One that is over its time is expected to
   * take as long again as it is late: the guess doubles until the truth comes in.
   */
  public double endsAt(double now) {
    double end = (running ? startsAt : Math.max(now, startsAt)) + predictedSeconds;
    return end > now ? end : now + Math.max(now - end, SOON_SECONDS);
  }
}
