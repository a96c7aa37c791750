package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Occupant;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What devices say of attempts. Whatever is late, doubled or about an attempt that was given up
 * changes nothing.
 */
final class Attempts {
  private final State state;
  private final Intake intake;
  private final Completions completions;
  private final Failures failures;

  Attempts(State state, Intake intake, Completions completions, Failures failures) {
    this.state = state;
    this.intake = intake;
    this.completions = completions;
    this.failures = failures;
  }

  void on(Input.AttemptInput input, Turn turn) {
    Task task = find(input.attempt(), turn);
    if (task == null) {
      return;
    }
    switch (input) {
      case Input.AttemptStarted started -> started(task, started, turn);
      case Input.AttemptProgressed progressed -> progressed(task, progressed, turn);
      case Input.AttemptCompleted completed -> completions.completed(task, completed, turn);
      case Input.AttemptFailed failed -> failed(task, failed, turn);
      case Input.AttemptReleased released -> released(task, released, turn);
    }
  }

  /** Finds the task of an event; a late event of an ended job is nothing to complain about. */
  private @Nullable Task find(AttemptRef attempt, Turn turn) {
    Job job = state.jobs.get(attempt.job());
    if (job == null) {
      if (state.ended.get(attempt.job()) == null) {
        turn.refuse("there is no job '%s' in pool '%s'".formatted(attempt.job(), state.name));
      }
      return null;
    }
    Task task = job.task(attempt.task());
    if (task == null) {
      turn.refuse("job '%s' has no task '%s'".formatted(attempt.job(), attempt.task()));
      return null;
    }
    if (attempt.attempt() < 1 || attempt.attempt() > task.attempts()) {
      turn.refuse(
          "%s was never offered; %s has had %d offers"
              .formatted(attempt, attempt.taskRef(), task.attempts()));
      return null;
    }
    return task;
  }

  private void started(Task task, Input.AttemptStarted input, Turn turn) {
    if (!current(input, task) || !startable(task, input.device())) {
      cancelStray(task, input, turn);
      return;
    }
    Device device = state.fleet.device(input.device());
    if (device != null && !(task.state() instanceof TaskState.Running)) {
      run(task, device, input.at(), turn);
    }
  }

  /** True for an offer that nobody else runs, and for one that the same device has started. */
  private static boolean startable(Task task, String device) {
    return switch (task.state()) {
      case TaskState.Offered offered -> true;
      case TaskState.Ready late -> true;
      case TaskState.Running runs -> runs.device().equals(device);
      case TaskState.Waiting waiting -> false;
      case TaskState.BackingOff waits -> false;
      case TaskState.Succeeded done -> false;
      case TaskState.Failed gaveUp -> false;
    };
  }

  /** The device that speaks runs the attempt, also when it was offered to another one. */
  private void run(Task task, Device device, double at, Turn turn) {
    double predicted =
        task.state() instanceof TaskState.Offered offered
            ? offered.predictedSeconds()
            : state.estimator.seconds(task.workload(), device.deviceClass());
    if (device.occupant(task) == null) {
      state.withdraw(task, false, turn);
      state.fleet.occupy(device, task, predicted, at, turn.now());
    }
    Occupant occupant = Objects.requireNonNull(device.occupant(task));
    state.fleet.start(device, occupant, at, turn.now());
    int lane = device.report().lanes().isEmpty() ? 0 : device.lane();
    state.become(task, new TaskState.Running(device.id(), lane, at, predicted), turn);
    new Announcement(task, JobEvent.Type.TASK_STARTED, device.id())
        .started(at)
        .publish(state, turn);
  }

  /** A device runs what somebody else runs or what was given up: it may stop. */
  private void cancelStray(Task task, Input.AttemptStarted input, Turn turn) {
    Device device = state.fleet.device(input.device());
    boolean done = task.state() instanceof TaskState.Succeeded;
    if (device != null && !device.report().lanes().isEmpty() && !done) {
      turn.cancel(input.attempt(), device);
    }
  }

  private void progressed(Task task, Input.AttemptProgressed input, Turn turn) {
    boolean running =
        current(input, task)
            && task.state() instanceof TaskState.Running runs
            && runs.device().equals(input.device());
    if (running && intake.spawn(task.job(), input.spawned(), turn)) {
      new Announcement(task, JobEvent.Type.TASK_PROGRESS, input.device())
          .progress(Math.clamp(input.progress(), 0.0, 1.0))
          .publish(state, turn);
    }
  }

  private void failed(Task task, Input.AttemptFailed input, Turn turn) {
    if (current(input, task) && state.holder(task) != null) {
      state.withdraw(task, false, turn);
      failures.fail(
          task,
          new Failures.Attempt(input.device(), input.startedAt(), input.finishedAt()),
          input.error(),
          turn);
    }
  }

  private void released(Task task, Input.AttemptReleased input, Turn turn) {
    Device holder = state.holder(task);
    if (holder == null || !current(input, task)) {
      return;
    }
    boolean runs = task.state() instanceof TaskState.Running;
    if (runs && !holder.id().equals(input.device())) {
      return;
    }
    state.withdraw(task, false, turn);
    // It may have lost the lane; its next heartbeat tells.
    state.fleet.rest(holder, turn.now());
    state.become(task, new TaskState.Ready(turn.now()), turn);
  }

  private static boolean current(Input.AttemptInput input, Task task) {
    return input.attempt().attempt() == task.attempts();
  }
}
