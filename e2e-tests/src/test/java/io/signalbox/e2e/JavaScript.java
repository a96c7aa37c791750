package io.signalbox.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import io.signalbox.events.connection.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The programs in src/test/javascript, with what they need from npm. */
final class JavaScript {
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(4);
  private static final String UNREACHABLE =
      "ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ENETUNREACH";

  private final Path folder;
  private final Connection connection;

  private JavaScript(Path folder, Connection connection) {
    this.folder = folder;
    this.connection = connection;
  }

  /**
   * Installs the programs in the target folder, once for each lock file. Where there is no Node.js,
   * or npm reaches no registry, the calling test is skipped.
   */
  static JavaScript install(Connection connection) {
    requireProgram("node");
    requireProgram("npm");
    Path source = Project.root().resolve("e2e-tests/src/test/javascript");
    Path folder = Project.target().resolve("javascript");
    try {
      Files.createDirectories(folder);
      Path lock = folder.resolve("installed-lock.json");
      Path wanted = source.resolve("package-lock.json");
      boolean installed = Files.exists(lock) && Files.mismatch(lock, wanted) < 0;
      copy(source, folder);
      if (!installed) {
        npmCi(folder);
        Files.copy(wanted, lock);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new JavaScript(folder, connection);
  }

  /** Starts a program with these options after those of the connection. */
  Launched start(String program, String... options) {
    List<String> command = new ArrayList<>(List.of("node", program + ".js"));
    command.addAll(List.of("--bootstrap", connection.bootstrapServers()));
    command.addAll(List.of("--registry", connection.schemaRegistryUrl()));
    command.addAll(Arrays.asList(options));
    return Launched.start(program + ".js", folder, Map.of(), command);
  }

  /** Runs a program to its end; returns what it wrote. */
  List<String> run(String program, Duration limit, String... options) {
    try (Launched launched = start(program, options)) {
      assertEquals(0, launched.awaitExit(limit), launched::report);
      return launched.out();
    }
  }

  private static void npmCi(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve("installed-lock.json"));
    try (Launched npm =
        Launched.start("npm ci", folder, Map.of("CI", "true"), List.of("npm", "ci"))) {
      int code = npm.awaitExit(INSTALL_LIMIT);
      if (code != 0 && npm.report().matches("(?s).*(" + UNREACHABLE + ").*")) {
        abort("npm reaches no registry here, so the foreign clients can't be installed");
      }
      assertEquals(0, code, npm::report);
    }
  }

  private static void requireProgram(String name) {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    if (!found) {
      abort(name + " isn't on the PATH: install Node.js 20.15 or newer to test foreign clients");
    }
  }

  private static void copy(Path source, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
  }
}
