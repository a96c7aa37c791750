package io.signalbox.e2e;

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

/** The program {@code ./signalbox}, started as users start it, with a home folder of its own. */
public final class Program {
  private final Path home;
  private final List<String> everyCommand;

  /** The program with options that each of its commands gets. */
  public Program(Path home, String... everyCommand) {
    this.home = home;
    this.everyCommand = List.of(everyCommand);
    markAsBuilt();
  }

  /** The same program with these options for each command. */
  public Program with(String... options) {
    return new Program(home, options);
  }

  /** Starts a command. */
  public Launched start(String command, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Project.root().resolve("signalbox").toString());
    line.add(command);
    line.addAll(Arrays.asList(arguments));
    line.addAll(everyCommand);
    Map<String, String> environment =
        Map.of(
            "SIGNALBOX_HOME",
            home.toString(),
            "SIGNALBOX_SKIP_BUILD",
            "1",
            "SIGNALBOX_HEAP",
            "512m",
            "JAVA_HOME",
            System.getProperty("java.home"));
    return Launched.start("signalbox " + command, home, environment, line);
  }

  /** Runs a command to its end. */
  public Launched run(Duration limit, String command, String... arguments) {
    try (Launched launched = start(command, arguments)) {
      launched.awaitExit(limit);
      return launched;
    }
  }

  /**
   * The launcher builds what has no stamp. The build that runs this test has made the program
   * already, and a build inside it would take its folders away.
   */
  private static void markAsBuilt() {
    Path app = Project.root().resolve("modules/cli/target/app");
    Path stamp = app.resolve(".built");
    if (Files.exists(stamp) || !Files.isDirectory(app)) {
      return;
    }
    try (Stream<Path> jars = Files.list(app)) {
      Path jar =
          jars.filter(file -> file.getFileName().toString().startsWith("signalbox-cli-"))
              .findFirst()
              .orElseThrow();
      Files.createFile(stamp);
      Files.setLastModifiedTime(stamp, Files.getLastModifiedTime(jar));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
