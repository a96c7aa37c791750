package io.signalbox.engine.translate;

import io.signalbox.core.pool.JobEvent;
import io.signalbox.core.pool.TaskCounts;
import io.signalbox.events.JobEventType;

/** Job events as Avro. */
public final class JobEvents {
  private JobEvents() {}

  /** The record for an event of a pool. */
  public static io.signalbox.events.JobEvent write(String pool, JobEvent event) {
    JobEvent.Attempt task = event.task();
    return io.signalbox.events.JobEvent.newBuilder()
        .setPool(pool)
        .setJob(event.job())
        .setType(type(event.type()))
        .setAt(EpochSeconds.instant(event.at()))
        .setTaskId(task == null ? null : task.task())
        .setAttempt(task == null ? 0 : task.attempt())
        .setDeviceId(task == null ? null : task.device())
        .setDeviceClass(task == null ? null : task.deviceClass())
        .setStartedAt(task == null ? null : EpochSeconds.instantOrNull(task.startedAt()))
        .setFinishedAt(task == null ? null : EpochSeconds.instantOrNull(task.finishedAt()))
        .setProgress(event.progress())
        .setReasons(event.reasons())
        .setResult(Contents.write(event.result()))
        .setCounts(counts(event.counts()))
        .setProof(Proofs.write(event.proof()))
        .build();
  }

  private static io.signalbox.events.TaskCounts counts(TaskCounts counts) {
    return new io.signalbox.events.TaskCounts(
        counts.total(), counts.running(), counts.succeeded(), counts.failed());
  }

  private static JobEventType type(JobEvent.Type type) {
    return switch (type) {
      case ACCEPTED -> JobEventType.ACCEPTED;
      case REJECTED -> JobEventType.REJECTED;
      case AT_RISK -> JobEventType.AT_RISK;
      case IN_TIME -> JobEventType.IN_TIME;
      case QUEUED -> JobEventType.QUEUED;
      case TASK_STARTED -> JobEventType.TASK_STARTED;
      case TASK_PROGRESS -> JobEventType.TASK_PROGRESS;
      case TASK_SUCCEEDED -> JobEventType.TASK_SUCCEEDED;
      case TASK_RETRYING -> JobEventType.TASK_RETRYING;
      case TASK_FAILED -> JobEventType.TASK_FAILED;
      case JOB_SUCCEEDED -> JobEventType.JOB_SUCCEEDED;
      case JOB_FAILED -> JobEventType.JOB_FAILED;
      case JOB_CANCELLED -> JobEventType.JOB_CANCELLED;
    };
  }
}
