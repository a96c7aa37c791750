package io.signalbox.events.registry;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The registry didn't answer, or only with errors of its own, in all attempts. The record at hand
 * is not at fault: try it again later, and don't drop it.
 */
public class RegistryUnavailableException extends RetriableException {
  private static final long serialVersionUID = 1L;

  /** The registry didn't answer, for this reason. */
  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The registry answered only with errors of its own. */
  public RegistryUnavailableException(String message) {
    super(message);
  }
}
