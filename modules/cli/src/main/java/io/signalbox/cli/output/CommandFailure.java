package io.signalbox.cli.output;

/** Ends a command with one line for people and an exit code. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The exit code of a command that did what it was asked. */
  public static final int OK = 0;

  /** The exit code of what was asked rightly and failed. */
  public static final int FAILED = 1;

  /** The exit code of wrong usage or a bad input file. */
  public static final int USAGE = 2;

  private final int exitCode;

  private CommandFailure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  private CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Something that was asked rightly failed: exit code 1. */
  public static CommandFailure failed(String message) {
    return new CommandFailure(FAILED, message);
  }

  /** Something that was asked rightly failed: exit code 1. */
  public static CommandFailure failed(String message, Throwable cause) {
    return new CommandFailure(FAILED, message, cause);
  }

  /** The command line or an input file is wrong: exit code 2. */
  public static CommandFailure usage(String message) {
    return new CommandFailure(USAGE, message);
  }

  /** The command line or an input file is wrong: exit code 2. */
  public static CommandFailure usage(String message, Throwable cause) {
    return new CommandFailure(USAGE, message, cause);
  }

  /** What the program exits with. */
  public int exitCode() {
    return exitCode;
  }
}
