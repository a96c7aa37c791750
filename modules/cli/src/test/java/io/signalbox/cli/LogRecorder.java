package io.signalbox.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * All that is logged from here on at the levels of {@link #LEVELS}, stack traces included, whatever
 * the command that runs makes of the log's configuration.
 */
final class LogRecorder extends Handler {
  /** The clients write their settings at INFO, the authorizer what it allows at FINE. */
  private static final Map<String, Level> LEVELS =
      Map.of(
          "io.signalbox", Level.FINE,
          "org.apache.kafka", Level.INFO,
          "kafka", Level.INFO,
          "kafka.authorizer.logger", Level.FINE);

  private static final List<String> ROOTS = List.of("io.signalbox", "org.apache.kafka", "kafka");

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  // The log's manager holds loggers weakly, and their levels with them.
  private final List<Logger> loggers = LEVELS.keySet().stream().map(Logger::getLogger).toList();
  private final Formatter formatter = new SimpleFormatter();
  private final Runnable again = this::attach;

  static LogRecorder start() {
    LogRecorder recorder = new LogRecorder();
    LogManager.getLogManager().addConfigurationListener(recorder.again);
    recorder.attach();
    return recorder;
  }

  private void attach() {
    for (Logger logger : loggers) {
      logger.setLevel(LEVELS.get(logger.getName()));
      if (ROOTS.contains(logger.getName())) {
        logger.removeHandler(this);
        logger.addHandler(this);
        // Thousands of lines that nobody reads.
        logger.setUseParentHandlers(false);
      }
    }
  }

  void stop() throws IOException {
    LogManager manager = LogManager.getLogManager();
    manager.removeConfigurationListener(again);
    loggers.forEach(logger -> {
      logger.removeHandler(this);
      logger.setLevel(null);
      logger.setUseParentHandlers(true);
    });
    manager.readConfiguration();
  }

  /** What was logged so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void publish(LogRecord record) {
    lines.add(formatter.format(record));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
