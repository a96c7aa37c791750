package io.signalbox.cli.output;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** The two streams of a command and what its options say about their use. */
public final class Console {
  private final PrintStream out;
  private final PrintStream err;
  private Format format = Format.TEXT;
  private boolean debug;
  private boolean quiet;
  private @Nullable Output output;

  /** Writes results to {@code out}, everything else to {@code err}. */
  public Console(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Results are written in this format from now on. */
  public void format(Format format) {
    this.format = format;
  }

  /** Errors are shown with the place where they arose. */
  public void debug(boolean debug) {
    this.debug = debug;
  }

  /** Notes are left out. */
  public void quiet(boolean quiet) {
    this.quiet = quiet;
  }

  /** True when errors are shown with the place where they arose. */
  public boolean debug() {
    return debug;
  }

  /** Standard output. */
  public PrintStream out() {
    return out;
  }

  /** Standard error. */
  public PrintStream err() {
    return err;
  }

  /** An error, on one line. */
  public void error(String message) {
    err.println(message);
    err.flush();
  }

  /** Where the command writes, once its options are known. */
  public Output output() {
    Output known = output;
    if (known == null) {
      known = new Output(format, out, err, quiet);
      output = known;
    }
    return known;
  }
}
