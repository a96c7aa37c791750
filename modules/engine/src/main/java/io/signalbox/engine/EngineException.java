package io.signalbox.engine;

/** The engine can't start, or can't go on; the message says what to do. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message for people, complete: what failed, where, and what to do
   */
  public EngineException(String message) {
    super(message);
  }

  /**
   * @param message for people, complete: what failed, where, and what to do
   * @param cause what it came from
   */
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
