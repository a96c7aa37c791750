package io.signalbox.simulator.workload;

import io.signalbox.simulator.workload.InvalidFileException.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems found in one file so far; the first 20 are kept. */
final class Problems {
  private static final int KEPT = 20;

  private final String file;
  private final List<Problem> kept = new ArrayList<>();
  private boolean more;

  Problems(Path file) {
    this.file = file.toString();
  }

  /** Adds a problem at a place; line 0 stands for the whole file. */
  void add(int line, int column, String text) {
    if (kept.size() < KEPT) {
      kept.add(new Problem(file, line, column, text));
    } else {
      more = true;
    }
  }

  /** Whether further problems are only counted, so that nobody need word them well. */
  boolean full() {
    return kept.size() == KEPT;
  }

  boolean any() {
    return !kept.isEmpty();
  }

  void throwIfAny() throws InvalidFileException {
    if (any()) {
      throw exception();
    }
  }

  /** The problems in the order of the file, as what a reader throws. */
  InvalidFileException exception() {
    List<Problem> sorted = new ArrayList<>(kept);
    sorted.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    return new InvalidFileException(sorted, more);
  }
}
