package io.signalbox.engine.identity;

/** A file of public keys that can't be used; the message names it and what is wrong. */
public final class InvalidKeysException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidKeysException(String message) {
    super(message);
  }
}
