package io.signalbox.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A schedule as a JSON file: {@code {"placements": [...]}}. */
public final class ScheduleFile {
  private ScheduleFile() {}

  /**
   * Checks that the file can be written, before a long run.
   *
   * @throws CommandFailure when it can't
   */
  public static void check(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
      throw CommandFailure.usage(
          "--schedule-out " + file + ": it must name a file in a folder that exists");
    }
  }

  /**
   * Writes it.
   *
   * @throws CommandFailure when it can't be written
   */
  public static void write(Schedule schedule, Path file) {
    try {
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(file.toFile(), Map.of("placements", schedule.placements()));
    } catch (IOException e) {
      throw CommandFailure.failed(
          "--schedule-out " + file + " can't be written: " + e.getMessage(), e);
    }
  }
}
