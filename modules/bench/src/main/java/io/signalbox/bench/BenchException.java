package io.signalbox.bench;

/** A benchmark that couldn't be brought to its end; the message says how far it got. */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A benchmark failed. */
  public BenchException(String message) {
    super(message);
  }

  /** A benchmark failed. */
  public BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
