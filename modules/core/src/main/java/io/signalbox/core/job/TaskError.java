package io.signalbox.core.job;

/**
 * Why an attempt failed; whether it is tried again follows from the kind.
 *
 * @param kind who is at fault
 * @param message for people
 */
public record TaskError(Kind kind, String message) {
  /** Who is at fault. */
  public enum Kind {
    /** The task itself: another attempt can't help. */
    USER,
    /** The worker. */
    INTERNAL,
    /** Something the worker depends on. */
    EXTERNAL,
    /** Memory, disk or the like ran out. */
    RESOURCES;

    /** True when another attempt may succeed. */
    public boolean retriable() {
      return this != USER;
    }
  }
}
