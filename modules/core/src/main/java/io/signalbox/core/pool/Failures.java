package io.signalbox.core.pool;

import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskError;
import io.signalbox.core.job.TaskState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a task whose attempt failed: another attempt, or the end of its job. */
final class Failures {
  private final State state;
  private final Endings endings;

  Failures(State state, Endings endings) {
    this.state = state;
    this.endings = endings;
  }

  /**
   * An attempt that ended badly.
   *
   * @param number of the attempt
   * @param device where it ran
   * @param startedAt when it started there; null when it never did
   * @param finishedAt when it ended; null when nobody saw it
   */
  record Attempt(
      int number, String device, @Nullable Double startedAt, @Nullable Double finishedAt) {}

  /**
   * A live attempt failed. Tries the task again after a back-off, unless its error or the number of
   * attempts forbids it. While another attempt of the task lives, an error that may pass counts for
   * nothing.
   */
  void fail(Task task, TaskState.Placed placed, Attempt attempt, TaskError error, Turn turn) {
    boolean livesOn = state.drop(task, placed, turn);
    if (livesOn && error.kind().retriable()) {
      goesOn(task, attempt, error.message(), turn);
      return;
    }
    if (livesOn) {
      state.cancelAll(task, turn);
    }
    failed(task, attempt, error, turn);
  }

  /** The task's last attempt failed; none is on a device any more. */
  void failed(Task task, Attempt attempt, TaskError error, Turn turn) {
    state.placement.failed(task);
    task.countFailure();
    if (!error.kind().retriable() || exhausted(task)) {
      giveUp(task, attempt, error, turn);
      return;
    }
    double backoff = state.settings.backoffSeconds() * Math.pow(2, task.failures() - 1);
    double until = turn.now() + Math.min(state.settings.maxBackoffSeconds(), backoff);
    state.become(task, new TaskState.BackingOff(until), turn);
    retrying(task, attempt, error.message(), turn);
  }

  /** The attempt's device is gone; another device may take the task at once. */
  void lost(Task task, TaskState.Placed placed, String why, Turn turn) {
    Double since = placed instanceof TaskState.Running runs ? runs.since() : null;
    Attempt attempt = new Attempt(placed.attempt(), placed.device(), since, null);
    if (state.drop(task, placed, turn)) {
      goesOn(task, attempt, why, turn);
      return;
    }
    task.countFailure();
    if (exhausted(task)) {
      giveUp(task, attempt, new TaskError(TaskError.Kind.EXTERNAL, why), turn);
      return;
    }
    state.become(task, new TaskState.Ready(turn.now()), turn);
    retrying(task, attempt, why, turn);
  }

  /** Followers are told of an attempt that ended while the task's other one goes on. */
  private void goesOn(Task task, Attempt attempt, String why, Turn turn) {
    retrying(task, attempt, why + "; another attempt goes on", turn);
  }

  private void retrying(Task task, Attempt attempt, String why, Turn turn) {
    state.recollections.problem(task, why);
    announce(task, JobEvent.Type.TASK_RETRYING, attempt, why, turn);
  }

  private void giveUp(Task task, Attempt attempt, TaskError error, Turn turn) {
    state.become(task, new TaskState.Failed(error), turn);
    announce(task, JobEvent.Type.TASK_FAILED, attempt, error.message(), turn);
    String reason =
        "task '%s' failed after %d attempts: %s"
            .formatted(task.id(), task.attempts(), error.message());
    endings.end(task.job(), Row.JobState.FAILED, List.of(reason), turn);
  }

  private void announce(Task task, JobEvent.Type type, Attempt attempt, String why, Turn turn) {
    new Announcement(task, type, attempt.number(), attempt.device())
        .started(attempt.startedAt())
        .finished(attempt.finishedAt())
        .because(why)
        .publish(state, turn);
  }

  private boolean exhausted(Task task) {
    int allowed = task.kind().maxAttempts();
    return task.failures() >= (allowed > 0 ? allowed : state.settings.maxAttempts());
  }
}
