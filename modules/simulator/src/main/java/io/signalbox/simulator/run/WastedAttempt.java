package io.signalbox.simulator.run;

import io.signalbox.simulator.workload.Fleet;

/**
 * An attempt that ran and came to nothing.
 *
 * @param task its task's number in the scenario's problem
 * @param attempt number of the attempt
 * @param copy whether it began while another attempt of the task was under way
 * @param device the device
 * @param slot the device's slot, counted from 0
 * @param startSeconds when it started, its inputs being there
 * @param endSeconds when it was stopped
 * @param end why it came to nothing
 */
public record WastedAttempt(
    int task,
    int attempt,
    boolean copy,
    Fleet.Device device,
    int slot,
    double startSeconds,
    double endSeconds,
    End end) {
  /** Why an attempt came to nothing. */
  public enum End {
    /** The pool took it back, for instance since another attempt was done first. */
    CANCELLED,
    /** It was done, but after another one. */
    SUPERSEDED,
    /** Its device was lost. */
    LOST
  }
}
