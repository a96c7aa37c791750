package io.signalbox.devkit;

import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the faults of an embedded broker. Kafka's own handler ends the process on a fatal one, which
 * an embedded broker must never do to its host.
 */
final class LoggedFaults implements FaultHandlerFactory {
  private static final Logger log = LoggerFactory.getLogger(LoggedFaults.class);

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    return (message, exception) -> {
      log.error("{} fault in {}: {}", fatal ? "Fatal" : "Broker", name, message, exception);
      action.run();
      return new IllegalStateException(message, exception);
    };
  }
}
