package io.signalbox.simulator.workload;

import io.signalbox.simulator.workload.ArrivalTrace.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the lines of a trace of arrivals. */
final class ArrivalTraceFile {
  private static final String LINE = "time,context tokens,generated tokens";
  private static final int MOST_TOKENS = 100_000_000;
  private static final double LATEST_SECONDS = 1e12;
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private final Problems problems;
  private final List<Request> requests = new ArrayList<>();
  private double first;
  private double before = Double.NEGATIVE_INFINITY;

  private ArrivalTraceFile(Problems problems) {
    this.problems = problems;
  }

  static List<Request> read(Path file, int most) throws InvalidFileException {
    Problems problems = new Problems(file);
    ArrivalTraceFile trace = new ArrivalTraceFile(problems);
    String text = Document.text(file, problems);
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (trace.requests.size() == most || problems.full()) {
        break;
      }
      if (!line.isBlank() && (number > 1 || !isHeading(line))) {
        trace.line(number, line);
      }
    }
    if (trace.requests.isEmpty() && !problems.any()) {
      problems.add(0, 0, "has no request; give lines of " + LINE);
    }
    problems.throwIfAny();
    return trace.requests;
  }

  /** Headings have no digit. */
  private static boolean isHeading(String line) {
    return line.chars().noneMatch(Character::isDigit);
  }

  private void line(int number, String line) {
    String[] fields = line.split(",", -1);
    if (fields.length != 3) {
      problems.add(number, 1, "has %d fields; give three, %s".formatted(fields.length, LINE));
      return;
    }
    double at = time(number, fields[0].strip());
    int second = fields[0].length() + 2;
    int context = tokens(number, second, fields[1].strip());
    int generated = tokens(number, second + fields[1].length() + 1, fields[2].strip());
    if (Double.isNaN(at) || context < 0 || generated < 0) {
      return;
    }
    if (at < before) {
      problems.add(number, 1, "is earlier than the line above; sort the lines by time");
      return;
    }
    first = requests.isEmpty() ? at : first;
    before = at;
    requests.add(new Request(at - first, context, generated));
  }

  private double time(int line, String text) {
    try {
      LocalDateTime time = LocalDateTime.parse(text.replace('T', ' '), TIME);
      return toSeconds(Duration.between(EPOCH, time));
    } catch (DateTimeParseException notADate) {
      double seconds = number(text);
      if (!(Math.abs(seconds) < LATEST_SECONDS)) {
        problems.add(
            line,
            1,
            "the time is %s; give seconds or a time such as 2023-11-16 18:15:46.68"
                .formatted(Place.quoted(text)));
        return Double.NaN;
      }
      return seconds;
    }
  }

  private static double toSeconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }

  private int tokens(int line, int column, String text) {
    double tokens = number(text);
    if (!(tokens >= 0 && tokens <= MOST_TOKENS) || tokens != Math.rint(tokens)) {
      problems.add(
          line,
          column,
          "the number of tokens is %s; give a whole number from 0 to %d"
              .formatted(Place.quoted(text), MOST_TOKENS));
      return -1;
    }
    return (int) tokens;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
