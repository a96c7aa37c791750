package io.signalbox.engine.delivery;

/** What the engine's stream threads promise about what they read, store and send. */
enum Guarantee {
  /** Offsets, rows and records of a transaction are there together or not at all. */
  EXACTLY_ONCE("delivery"),

  /**
   * Records can be read as soon as they are written; after a crash what was read since the last
   * commit is read again. The rows are then those of the last commit, or, where the store had been
   * written out meanwhile, those of the crash, even if it cut off the effects of one input.
   */
  AT_LEAST_ONCE("at-least-once");

  private final String command;

  Guarantee(String command) {
    this.command = command;
  }

  /** What {@code bin/reliability} calls runs under it. */
  String command() {
    return command;
  }
}
