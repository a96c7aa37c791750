package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a command said, run in this process.
 *
 * @param exitCode its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Said(int exitCode, String out, String err) {
  /** Runs a command. */
  static Said by(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            args);
    return new Said(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** It failed with the code and one line that holds all of these. */
  void failed(int code, String... parts) {
    assertEquals(code, exitCode, this::toString);
    assertEquals("", out, "an error leaves standard output alone");
    List<String> lines = err.lines().toList();
    assertEquals(1, lines.size(), () -> "one line, not " + err);
    for (String part : parts) {
      assertTrue(err.contains(part), () -> "'" + part + "' in: " + err);
    }
    assertFalse(err.contains("\tat "), err);
  }
}
