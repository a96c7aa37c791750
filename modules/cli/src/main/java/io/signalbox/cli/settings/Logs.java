package io.signalbox.cli.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends the log to a file, so that a command's own words are all that people see. */
final class Logs {
  private Logs() {}

  /**
   * Starts the log of a command.
   *
   * @param command name of the file
   * @param verbose shows the log on standard error, too
   */
  static void start(String command, boolean verbose) {
    LogManager logs = LogManager.getLogManager();
    logs.reset();
    Path levels = Home.config("logging.properties");
    try (InputStream in = Files.newInputStream(levels)) {
      logs.readConfiguration(in);
    } catch (IOException e) {
      // Without its file the log keeps the levels of the JDK.
      Logger.getLogger("").setLevel(Level.WARNING);
    }
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    addFile(root, command);
    if (verbose) {
      ConsoleHandler handler = new ConsoleHandler();
      handler.setLevel(Level.ALL);
      root.addHandler(handler);
    }
  }

  private static void addFile(Logger root, String command) {
    Path folder = Home.state().resolve("logs");
    try {
      Files.createDirectories(folder);
      FileHandler handler = new FileHandler(folder.resolve(command + ".%g.log").toString(), true);
      handler.setFormatter(new SimpleFormatter());
      handler.setLevel(Level.ALL);
      root.addHandler(handler);
    } catch (IOException e) {
      // A read-only place has no log; the command still works.
      root.setLevel(Level.WARNING);
    }
  }
}
