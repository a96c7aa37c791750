package io.signalbox.core.job;

/**
 * Where a task stands. The legal transitions:
 *
 * <pre>
 *   Waiting  -> Ready                        the last parent succeeded
 *   Waiting  -> Linked                       its last parent's attempt is on the device it wants
 *   Linked   -> Offered                      that attempt succeeded: the device starts it now
 *   Linked   -> Waiting                      that attempt is over without a result, or the offer is
 *                                            taken back or given back
 *   Ready    -> Offered                      placed on a device
 *   Offered  -> Running                      its worker started it
 *   Offered  -> Ready                        released, expired, or its device was lost
 *   Running  -> BackingOff | Failed          the attempt failed or its device was lost
 *   Running  -> Running | Offered            so was it, and its copy takes its place
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
   * @param attemptOver true when the device has said that the last attempt is over, so that a start
   *     of it that is told later is no news; an offer that wasn't taken may still be
   */
  record Ready(double since, boolean attemptOver) implements TaskState {
    /** Ready, and nothing is known of the end of an attempt. */
    public Ready(double since) {
      this(since, false);
    }
  }

  /**
   * Offered to the device that has an attempt of the task's only unfinished parent, which starts it
   * in the same slot the moment that this attempt succeeds. It takes up no slot before. The parent
   * may be linked itself.
   *
   * @param attempt number of the attempt
   * @param parent the parent
   * @param parentAttempt number of the parent's attempt
   * @param device the device that has it
   * @param lane partition that the offer was written to, and that a CANCEL would be written to
   * @param acceptBy when the offer ends if the parent succeeds before it arrives, in seconds since
   *     the epoch
   * @param predictedSeconds predicted run time there
   */
  record Linked(
      int attempt,
      String parent,
      int parentAttempt,
      String device,
      int lane,
      double acceptBy,
      double predictedSeconds)
      implements TaskState {}

  /**
   * An attempt that is in a device's hands. A running task may have a second one, a copy that races
   * the first; see {@link Task#copy}.
   */
  sealed interface Placed extends TaskState {
    /** Number of the attempt. */
    int attempt();

    /** The device that runs it or is to run it. */
    String device();

    /** Partition that the offer was written to, and that a CANCEL would be written to. */
    int lane();

    /** Predicted run time there. */
    double predictedSeconds();
  }

  /**
   * Offered to a device, not yet started.
   *
   * @param attempt number of the attempt
   * @param device the device the offer is meant for
   * @param lane partition the offer was written to
   * @param acceptBy when the offer ends, in seconds since the epoch
   * @param predictedSeconds predicted run time there
   */
  record Offered(int attempt, String device, int lane, double acceptBy, double predictedSeconds)
      implements Placed {}

  /**
   * Runs.
   *
   * @param attempt number of the attempt
   * @param device the device that runs it
   * @param lane partition a CANCEL would be written to
   * @param since when it started, in seconds since the epoch
   * @param predictedSeconds predicted run time there
   */
  record Running(int attempt, String device, int lane, double since, double predictedSeconds)
      implements Placed {}

  /**
   * An attempt failed; the next one waits.
   *
   * @param until when it may be offered again, in seconds since the epoch
   */
  record BackingOff(double until) implements TaskState {}

  /**
   * Done.
   *
   * @param attempt number of the attempt that completed first
   * @param device where its data is
   * @param finishedAt when it finished, in seconds since the epoch
   */
  record Succeeded(int attempt, String device, double finishedAt) implements TaskState {}

  /**
   * Given up.
   *
   * @param error the last attempt's error
   */
  record Failed(TaskError error) implements TaskState {}
}
