package io.signalbox.simulator.run;

/** A run can't come to its end: nothing will happen any more, and tasks are still waiting. */
public final class StuckException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StuckException(String message) {
    super(message);
  }
}
