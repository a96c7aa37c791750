package io.signalbox.engine.rows;

/** A stored row that this engine can't read: written by a newer one, or damaged. */
public final class UnreadableRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason what is wrong with it
   */
  public UnreadableRowException(String reason) {
    super(reason);
  }
}
