package io.signalbox.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One set of {@link Processes} for all test classes of a run; JUnit closes it at the end. */
final class SharedProcesses implements BeforeAllCallback {
  private Processes processes;

  @Override
  public void beforeAll(ExtensionContext context) {
    processes =
        context
            .getRoot()
            .getStore(Namespace.create(SharedProcesses.class))
            .computeIfAbsent(Processes.class, key -> Processes.start(newFolder()), Processes.class);
  }

  /** The processes; they run. */
  Processes processes() {
    return processes;
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Project.target()), "processes-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
