package io.signalbox.cli.output;

/** How a command writes its results. */
public enum Format {
  /** For people. */
  TEXT,
  /** For programs: one JSON value, or one a line where results come one by one. */
  JSON;

  @Override
  public String toString() {
    // What is typed after --format and shown in its help.
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
