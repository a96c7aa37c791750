package io.signalbox.engine;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Of engine and Kafka only errors are logged: for tests in which thousands of records are bad. */
public final class ErrorsOnly implements BeforeAllCallback, AfterAllCallback {
  /** Held here, or their levels would be lost with them. */
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger("io.signalbox.engine"), Logger.getLogger("org.apache.kafka"));

  @Override
  public void beforeAll(ExtensionContext context) {
    LOGGERS.forEach(logger -> logger.setLevel(Level.SEVERE));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    LOGGERS.forEach(logger -> logger.setLevel(null));
  }
}
