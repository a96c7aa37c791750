package io.signalbox.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of named values: aligned columns for people, a list of objects for programs. */
public final class Table {
  private final List<String> keys;
  private final List<List<Cell>> rows = new ArrayList<>();

  private Table(List<String> keys) {
    this.keys = keys;
  }

  /**
   * An empty table.
   *
   * @param keys names of the columns: keys of the JSON objects, and, as words, the headings
   */
  public static Table of(String... keys) {
    return new Table(List.of(keys));
  }

  /** Adds a row: one value, or {@link Cell}, a column. */
  public Table row(@Nullable Object... values) {
    if (values.length != keys.size()) {
      throw new IllegalArgumentException(
          keys.size() + " columns, " + values.length + " values: " + List.of(values));
    }
    List<Cell> cells = new ArrayList<>(values.length);
    for (Object value : values) {
      cells.add(Cell.of(value));
    }
    rows.add(cells);
    return this;
  }

  /** True when it has no rows. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The rows as objects, their keys in the order of the columns. */
  public List<Map<String, @Nullable Object>> objects() {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    for (List<Cell> row : rows) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int column = 0; column < keys.size(); column++) {
        object.put(keys.get(column), row.get(column).value());
      }
      objects.add(object);
    }
    return objects;
  }

  /** A line of headings and a line a row; numbers stand on the right. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    StringBuilder heading = new StringBuilder();
    for (int column = 0; column < keys.size(); column++) {
      append(heading, column, heading(keys.get(column)));
    }
    lines.add(heading.toString().stripTrailing());
    for (List<Cell> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < keys.size(); column++) {
        append(line, column, row.get(column).text());
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private void append(StringBuilder line, int column, String text) {
    if (column > 0) {
      line.append("  ");
    }
    String padding = " ".repeat(width(column) - text.length());
    line.append(isNumeric(column) ? padding + text : text + padding);
  }

  private int width(int column) {
    int width = heading(keys.get(column)).length();
    for (List<Cell> row : rows) {
      width = Math.max(width, row.get(column).text().length());
    }
    return width;
  }

  private boolean isNumeric(int column) {
    return rows.stream().anyMatch(row -> row.get(column).value() instanceof Number);
  }

  /** "lastHeardSeconds" is read as LAST HEARD: the text carries its unit itself. */
  private static String heading(String key) {
    return key.replaceAll("Seconds$", "")
        .replaceAll("([a-z])([A-Z])", "$1 $2")
        .toUpperCase(java.util.Locale.ROOT);
  }
}
