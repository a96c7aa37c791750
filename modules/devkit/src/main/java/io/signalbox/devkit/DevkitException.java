package io.signalbox.devkit;

/**
 * Says in one line, meant for people, why the embedded broker or registry could not start and what
 * to do about it. Programs print {@link #getMessage()} and need no stack trace.
 */
public final class DevkitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure that explains itself. */
  public DevkitException(String message) {
    super(message);
  }

  /** A failure with what lies behind it, for logs. */
  public DevkitException(String message, Throwable cause) {
    super(message, cause);
  }
}
