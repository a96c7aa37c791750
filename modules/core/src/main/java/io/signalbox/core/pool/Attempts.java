package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Occupant;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskError;
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
  private final Experience experience;

  Attempts(
      State state,
      Intake intake,
      Completions completions,
      Failures failures,
      Experience experience) {
    this.state = state;
    this.intake = intake;
    this.completions = completions;
    this.failures = failures;
    this.experience = experience;
  }

  void on(Input.AttemptInput said, Turn turn) {
    Task task = find(said.attempt(), turn);
    if (task == null) {
      return;
    }
    DeviceTimes times = new DeviceTimes(task.job().acceptedAt(), turn.now());
    switch (times.within(said)) {
      case Input.AttemptStarted started -> started(task, started, turn);
      case Input.AttemptProgressed progressed -> progressed(task, progressed, turn);
      case Input.AttemptCompleted completed -> {
        bringStart(task, completed, completed.startedAt(), turn);
        completions.completed(task, completed, turn);
      }
      case Input.AttemptFailed failed -> {
        bringStart(task, failed, failed.startedAt(), turn);
        failed(task, failed, turn);
      }
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
    TaskState.Placed live = task.placed(input.attempt().attempt());
    Device device = state.fleet.device(input.device());
    if (!startable(task, live, input)) {
      cancelStray(task, input, turn);
      // Without its parent's success it must not have started.
      unlink(task, input, turn);
    } else if (device != null && holdsAnother(device, task, input)) {
      // Of two attempts that race each other, one device would run both.
      turn.cancel(input.attempt(), device);
      if (live != null) {
        state.drop(task, live, turn);
      }
    } else if (device != null && !(live instanceof TaskState.Running)) {
      run(task, live, device, input, turn);
    }
  }

  /**
   * An attempt that is over in a moment may be heard of first by its end, which says when it
   * started: what a start does to the books, it does here.
   */
  private void bringStart(Task task, Input.AttemptInput end, double startedAt, Turn turn) {
    if (task.placed(end.attempt().attempt()) instanceof TaskState.Offered offered) {
      Input.AttemptStarted start =
          new Input.AttemptStarted(end.attempt(), end.device(), end.incarnation(), startedAt);
      Device device = state.fleet.device(end.device());
      if (device != null && startable(task, offered, start) && !holdsAnother(device, task, start)) {
        run(task, offered, device, start, turn);
      }
    } else {
      unlink(task, end, turn);
    }
  }

  /** True for an offer that nobody else runs, and for one that the same device has started. */
  private boolean startable(
      Task task, TaskState.@Nullable Placed live, Input.AttemptStarted input) {
    return switch (live) {
      case TaskState.Offered offered ->
          offered.device().equals(input.device()) || fits(task, input.device());
      case TaskState.Running runs -> runs.device().equals(input.device());
      case null -> isLate(task, input);
    };
  }

  /** Lanes know nothing of labels: another device of the class may have taken up the offer. */
  private boolean fits(Task task, String device) {
    Device taker = state.fleet.device(device);
    return taker == null || taker.fits(task.kind());
  }

  /** True for the last offer, taken up when it was given up already and no other was made yet. */
  private static boolean isLate(Task task, Input.AttemptStarted input) {
    return task.state() instanceof TaskState.Ready ready
        && !ready.attemptOver()
        && input.attempt().attempt() == task.attempts();
  }

  private static boolean holdsAnother(Device device, Task task, Input.AttemptStarted input) {
    Occupant held = device.occupant(task);
    return held != null && held.attempt() != input.attempt().attempt();
  }

  /** The device that speaks runs the attempt, also when it was offered to another one. */
  private void run(
      Task task,
      TaskState.@Nullable Placed live,
      Device device,
      Input.AttemptStarted input,
      Turn turn) {
    int attempt = input.attempt().attempt();
    double predicted =
        live == null
            ? state.estimator.seconds(task.workload(), device.deviceClass())
            : live.predictedSeconds();
    if (device.occupant(task) == null) {
      if (live != null) {
        state.vacate(task, live, turn);
        state.links.moved(task, turn);
      }
      state.placement.charged(task, device.deviceClass(), predicted);
      state.fleet.occupy(device, task, attempt, predicted, input.at(), turn.now());
    }
    Occupant occupant = Objects.requireNonNull(device.occupant(task));
    if (!occupant.running() && occupant.immediate()) {
      state.fleet.offerTook(input.at() - occupant.startsAt());
    }
    state.fleet.start(device, occupant, input.at(), turn.now());
    int lane = device.report().lanes().isEmpty() ? 0 : device.lane();
    TaskState.Running runs =
        new TaskState.Running(attempt, device.id(), lane, input.at(), predicted);
    if (live != null && live.equals(task.copy())) {
      state.copyBecomes(task, runs, turn);
    } else {
      state.become(task, runs, turn);
    }
    new Announcement(task, JobEvent.Type.TASK_STARTED, attempt, device.id())
        .started(input.at())
        .publish(state, turn);
    state.links.consider(task);
  }

  private void unlink(Task task, Input.AttemptInput input, Turn turn) {
    if (task.state() instanceof TaskState.Linked linked
        && linked.attempt() == input.attempt().attempt()) {
      state.links.takeBack(task, false, turn);
    }
  }

  /** A device runs what somebody else runs or what was given up: it may stop. */
  private void cancelStray(Task task, Input.AttemptStarted input, Turn turn) {
    Device device = state.fleet.device(input.device());
    boolean done =
        task.state() instanceof TaskState.Succeeded won
            && won.attempt() == input.attempt().attempt();
    if (device != null && !device.report().lanes().isEmpty() && !done) {
      turn.cancel(input.attempt(), device);
    }
  }

  private void progressed(Task task, Input.AttemptProgressed input, Turn turn) {
    int attempt = input.attempt().attempt();
    boolean running =
        task.placed(attempt) instanceof TaskState.Running runs
            && runs.device().equals(input.device());
    if (running && intake.spawn(task.job(), input.spawned(), turn)) {
      new Announcement(task, JobEvent.Type.TASK_PROGRESS, attempt, input.device())
          .progress(Math.clamp(input.progress(), 0.0, 1.0))
          .publish(state, turn);
    }
  }

  private void failed(Task task, Input.AttemptFailed input, Turn turn) {
    int attempt = input.attempt().attempt();
    TaskState.Placed live = task.placed(attempt);
    if (live != null) {
      failures.fail(
          task,
          live,
          new Failures.Attempt(attempt, input.device(), input.startedAt(), input.finishedAt()),
          input.error(),
          turn);
      Device device = state.fleet.device(input.device());
      if (device != null && input.error().kind() != TaskError.Kind.USER) {
        experience.failed(task, device, turn);
      }
    }
  }

  private void released(Task task, Input.AttemptReleased input, Turn turn) {
    unlink(task, input, turn);
    TaskState.Placed live = task.placed(input.attempt().attempt());
    Device holder = live == null ? null : state.fleet.device(live.device());
    if (live == null || holder == null) {
      return;
    }
    if (live instanceof TaskState.Running && !holder.id().equals(input.device())) {
      return;
    }
    boolean livesOn = state.drop(task, live, turn);
    state.recollections.problem(
        task,
        "device '%s' gave it back%s"
            .formatted(holder.id(), input.reason().isEmpty() ? "" : ": " + input.reason()));
    // It may have lost the lane; its next heartbeat tells.
    state.fleet.rest(holder, turn.now());
    if (!livesOn) {
      state.become(task, new TaskState.Ready(turn.now(), true), turn);
    }
  }
}
