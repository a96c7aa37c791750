package io.signalbox.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program {@code signalbox}. */
public final class Main {
  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(utf8(System.out), utf8(System.err), args));
  }

  /**
   * Runs one command.
   *
   * @param out takes results
   * @param err takes errors and notes
   * @return 0 when all went well, 1 when something failed, 2 for wrong usage or a bad input file
   */
  public static int run(PrintStream out, PrintStream err, String... args) {
    return new Program(out, err).run(args);
  }

  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }
}
