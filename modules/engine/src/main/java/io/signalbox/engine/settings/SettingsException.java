package io.signalbox.engine.settings;

/** A setting that can't be used; its message names the place and what would be right. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message for people, complete
   */
  public SettingsException(String message) {
    super(message);
  }
}
