package io.signalbox.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.signalbox.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that keeps a report. */
final class ReportFile {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Keep the report as JSON, with what the machine is.")
  private @Nullable Path file;

  void write(Object report) {
    Path path = file;
    if (path == null) {
      return;
    }
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    try {
      Files.writeString(path, mapper.writeValueAsString(report) + "\n");
    } catch (IOException e) {
      throw CommandFailure.failed("--out " + path + " can't be written: " + e.getMessage(), e);
    }
  }
}
