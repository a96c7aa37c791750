package io.signalbox.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Writes a file and tells what reading it says, with the file's name without its folder. */
record FileUnderTest(Path path) {
  /** What reads a file. */
  interface Reader {
    Object read(Path file) throws InvalidFileException;
  }

  static FileUnderTest in(Path folder, String name, String text) {
    return in(folder, name, text.getBytes(StandardCharsets.UTF_8));
  }

  static FileUnderTest in(Path folder, String name, byte[] bytes) {
    try {
      return new FileUnderTest(Files.write(folder.resolve(name), bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String workloadError() {
    return error(Workloads::read);
  }

  String workloadError(String... knownClasses) {
    return error(file -> Workloads.read(file, Optional.of(Set.of(knownClasses))));
  }

  String error(Reader reader) {
    String message = assertThrows(InvalidFileException.class, () -> reader.read(path)).getMessage();
    return String.valueOf(message).replace(path.getParent() + "/", "");
  }

  JobPlan onlyJob() {
    return workload().jobs().getFirst();
  }

  Workload workload() {
    try {
      return Workloads.read(path);
    } catch (InvalidFileException e) {
      throw new AssertionError(e);
    }
  }
}
