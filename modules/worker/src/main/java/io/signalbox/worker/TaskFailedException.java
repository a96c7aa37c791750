package io.signalbox.worker;

import io.signalbox.events.ErrorType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets a handler say what kind of failure it met; what is tried again follows from it. */
public final class TaskFailedException extends RuntimeException {
  private final ErrorType type;

  /**
   * A failure.
   *
   * @param type USER is final, all others are tried again
   * @param message for people; longer ones are cut at 4,000 characters
   */
  public TaskFailedException(ErrorType type, String message) {
    this(type, message, null);
  }

  /** A failure with its cause. */
  public TaskFailedException(ErrorType type, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.type = Objects.requireNonNull(type);
  }

  /** The kind of failure. */
  public ErrorType type() {
    return type;
  }
}
