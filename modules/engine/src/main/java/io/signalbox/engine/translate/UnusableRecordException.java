package io.signalbox.engine.translate;

/** A record that was decoded but makes no sense; its message is the dead letter's reason. */
public final class UnusableRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason for people, complete
   */
  public UnusableRecordException(String reason) {
    super(reason);
  }
}
