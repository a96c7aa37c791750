package io.signalbox.simulator.workload;

/** A file breaks the rules of JSON or YAML; lines and columns count from 1, 0 when unknown. */
final class SyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  SyntaxException(int line, int column, String message) {
    super(message);
    this.line = line;
    this.column = column;
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
