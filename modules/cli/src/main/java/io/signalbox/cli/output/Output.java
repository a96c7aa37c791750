package io.signalbox.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes: results on standard output, in the format that was asked for, and words
 * about its progress on standard error.
 */
public final class Output {
  private final Format format;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean quiet;
  private @Nullable ObjectMapper mapper;

  /**
   * @param format of the results
   * @param out takes the results
   * @param err takes notes
   * @param quiet notes are left out
   */
  public Output(Format format, PrintStream out, PrintStream err, boolean quiet) {
    this.format = format;
    this.out = out;
    this.err = err;
    this.quiet = quiet;
  }

  /** True when results are for programs. */
  public boolean isJson() {
    return format == Format.JSON;
  }

  /** A line of results for people; left out in JSON. */
  public void line(String text) {
    if (!isJson()) {
      out.println(text);
      out.flush();
    }
  }

  /** A line about the command's progress; left out when it shall be quiet. */
  public void note(String text) {
    if (!quiet) {
      err.println(text);
      err.flush();
    }
  }

  /** One JSON value on one line; left out for people. */
  public void json(Object value) {
    if (isJson()) {
      out.println(toJson(value));
      out.flush();
    }
  }

  /**
   * A table in either format.
   *
   * @param ifEmpty what people read when it has no rows
   */
  public void table(Table table, String ifEmpty) {
    if (isJson()) {
      json(table.objects());
    } else if (table.isEmpty()) {
      line(ifEmpty);
    } else {
      table.lines().forEach(this::line);
    }
  }

  /** Standard error, for a line that is drawn over; null when there is none to draw on. */
  public @Nullable PrintStream progressTerminal() {
    return !quiet && Boolean.getBoolean("signalbox.terminal.err") ? err : null;
  }

  /** Standard output, for a line that is drawn over; null when there is none to draw on. */
  public @Nullable PrintStream resultTerminal() {
    return !isJson() && Boolean.getBoolean("signalbox.terminal.out") ? out : null;
  }

  private String toJson(Object value) {
    // Loaded on first use: a command that writes text starts faster without it.
    ObjectMapper json = mapper;
    if (json == null) {
      json = new ObjectMapper();
      mapper = json;
    }
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result can't be written as JSON", e);
    }
  }
}
