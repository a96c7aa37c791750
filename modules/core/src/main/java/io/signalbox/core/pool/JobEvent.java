package io.signalbox.core.pool;

import io.signalbox.core.admission.Proof;
import io.signalbox.core.job.Content;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a job or one of its tasks.
 *
 * @param job the job
 * @param type what happened
 * @param at when the pool saw it, in seconds since the epoch
 * @param task the attempt it is about; null in events of the job
 * @param progress share that is done, in TASK_PROGRESS
 * @param reasons why, of a rejection, a failure, a retry, a wait
 * @param result in TASK_SUCCEEDED of a task without children
 * @param proof what the test of the job's deadline found, in ACCEPTED, REJECTED, AT_RISK and
 *     IN_TIME
 * @param counts the job's tasks after the event
 */
public record JobEvent(
    String job,
    Type type,
    double at,
    @Nullable Attempt task,
    @Nullable Double progress,
    List<String> reasons,
    @Nullable Content result,
    @Nullable Proof proof,
    TaskCounts counts) {

  public JobEvent {
    reasons = List.copyOf(reasons);
  }

  /** What happened. */
  public enum Type {
    ACCEPTED,
    REJECTED,
    AT_RISK,
    IN_TIME,
    QUEUED,
    TASK_STARTED,
    TASK_PROGRESS,
    TASK_SUCCEEDED,
    TASK_RETRYING,
    TASK_FAILED,
    JOB_SUCCEEDED,
    JOB_FAILED,
    JOB_CANCELLED
  }

  /**
   * The attempt that an event is about.
   *
   * @param startedAt on the device's clock, null when it hasn't started
   * @param finishedAt on the device's clock, null when it hasn't ended
   */
  public record Attempt(
      String task,
      int attempt,
      @Nullable String device,
      @Nullable String deviceClass,
      @Nullable Double startedAt,
      @Nullable Double finishedAt) {}
}
