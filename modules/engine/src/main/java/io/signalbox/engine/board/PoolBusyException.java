package io.signalbox.engine.board;

/** A pool has no time for a question. */
public final class PoolBusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what keeps the pool, for people. */
  public PoolBusyException(String message) {
    super(message);
  }
}
