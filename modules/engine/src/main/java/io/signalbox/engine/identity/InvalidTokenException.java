package io.signalbox.engine.identity;

/** A token that proves nothing; the message says why and holds nothing of the token. */
public final class InvalidTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidTokenException(String message) {
    super(message);
  }
}
