package io.signalbox.simulator.workload;

import java.util.List;

/**
 * A file that a user handed in can't be used. The message has a line for each problem, {@code
 * path:line:column: what is wrong; what would be right}, and is meant to be printed as it is.
 */
public final class InvalidFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  InvalidFileException(List<Problem> problems, boolean more) {
    super(message(problems, more));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, in the order of the file; at most 20. */
  public List<Problem> problems() {
    return problems;
  }

  private static String message(List<Problem> problems, boolean more) {
    StringBuilder lines = new StringBuilder();
    for (Problem problem : problems) {
      lines.append(lines.isEmpty() ? "" : "\n").append(problem);
    }
    if (more) {
      lines.append("\nand more; these are the first ").append(problems.size());
    }
    return lines.toString();
  }

  /**
   * One thing that is wrong.
   *
   * @param file the file as the user named it
   * @param line its line, from 1; 0 when the problem is the file as a whole
   * @param column its column, from 1; 0 when the problem is the file as a whole
   * @param text what is wrong and what would be right
   */
  public record Problem(String file, int line, int column, String text) {
    @Override
    public String toString() {
      return line == 0 ? file + ": " + text : file + ":" + line + ":" + column + ": " + text;
    }
  }
}
