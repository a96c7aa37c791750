package io.signalbox.cli.output;

import java.io.PrintStream;
import java.util.Locale;

/** One line of a terminal that is drawn over as work gets done. */
public final class ProgressBar {
  private static final int WIDTH = 30;

  private final PrintStream terminal;
  private final int columns;
  private String shown = "";

  /** Draws on the terminal behind the stream. */
  public ProgressBar(PrintStream terminal) {
    this.terminal = terminal;
    this.columns = Integer.getInteger("signalbox.terminal.columns", 80);
  }

  /**
   * Draws it.
   *
   * @param done how much is done
   * @param total of how much; 0 while nobody knows
   * @param tail what stands behind the bar; cut where the terminal ends
   */
  public void show(long done, long total, String tail) {
    int filled = total <= 0 ? 0 : (int) (WIDTH * Math.min(done, total) / total);
    String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
    draw(String.format(Locale.ROOT, "%s %,d/%,d %s", bar, done, total, tail));
  }

  /** Takes the bar away, so that a line can be written. */
  public void clear() {
    if (!shown.isEmpty()) {
      terminal.print("\r\033[K");
      terminal.flush();
      shown = "";
    }
  }

  private void draw(String line) {
    String cut = line.length() < columns ? line : line.substring(0, Math.max(1, columns - 1));
    if (!cut.equals(shown)) {
      terminal.print("\r\033[K" + cut);
      terminal.flush();
      shown = cut;
    }
  }
}
