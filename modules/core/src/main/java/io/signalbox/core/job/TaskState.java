package io.signalbox.core.job;

/**
 * Where a task stands. The legal transitions:
 *
 * <pre>
 *   Waiting  -> Ready                        the last parent succeeded
 *   Ready    -> Offered                      placed on a device
 *   Offered  -> Running                      its worker started it
 *   Offered  -> Ready                        released, expired, or its device was lost
 *   Running  -> BackingOff | Failed          the attempt failed or its device was lost
 *   BackingOff -> Ready                      the back-off is over
 *   Offered | Running | Ready | BackingOff -> Succeeded    the first completion of any attempt wins
 * </pre>
 *
 * <p>Succeeded and Failed are final. A job that ends early drops its tasks in whatever state they
 * are.
 */
public sealed interface TaskState {
  /** Parents are unfinished. */
  record Waiting() implements TaskState {}

  /**
   * May start.
   *
   * @param since when it became so, in seconds since the epoch
   */
  record Ready(double since) implements TaskState {}

  /**
   * Offered to a device, not yet started.
   *
   * @param device the device the offer is meant for
   * @param lane partition the offer was written to
   * @param acceptBy when the offer ends, in seconds since the epoch
   * @param predictedSeconds predicted run time there
   */
  record Offered(String device, int lane, double acceptBy, double predictedSeconds)
      implements TaskState {}

  /**
   * Runs.
   *
   * @param device the device that runs it
   * @param lane partition a CANCEL would be written to
   * @param since when it started, in seconds since the epoch
   * @param predictedSeconds predicted run time there
   */
  record Running(String device, int lane, double since, double predictedSeconds)
      implements TaskState {}

  /**
   * An attempt failed; the next one waits.
   *
   * @param until when it may be offered again, in seconds since the epoch
   */
  record BackingOff(double until) implements TaskState {}

  /**
   * Done.
   *
   * @param device where its data is
   * @param finishedAt when it finished, in seconds since the epoch
   */
  record Succeeded(String device, double finishedAt) implements TaskState {}

  /**
   * Given up.
   *
   * @param error the last attempt's error
   */
  record Failed(TaskError error) implements TaskState {}
}
