package io.signalbox.engine.http;

/** A request that makes no sense; answered with status 400. */
final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  BadRequestException(String error, String hint) {
    super(error);
    this.hint = hint;
  }

  String hint() {
    return hint;
  }
}
