package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Occupant;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskError;
import io.signalbox.core.job.TaskState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What devices say of attempts. The first completion of any attempt wins; whatever is late, doubled
 * or about an attempt that was given up changes nothing.
 */
final class Attempts {
  private final State state;
  private final Intake intake;
  private final Endings endings;

  Attempts(State state, Intake intake, Endings endings) {
    this.state = state;
    this.intake = intake;
    this.endings = endings;
  }

  void started(Input.AttemptStarted input, Turn turn) {
    Task task = find(input, turn);
    if (task == null) {
      return;
    }
    if (!current(input.attempt(), task) || !startable(task, input.device())) {
      cancelStray(input, task, turn);
      return;
    }
    if (task.state() instanceof TaskState.Running) {
      return;
    }
    run(task, input.device(), input.at(), turn);
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
  private void run(Task task, String deviceId, double at, Turn turn) {
    Device device = state.fleet.device(deviceId);
    if (device == null) {
      return;
    }
    double predicted =
        task.state() instanceof TaskState.Offered offered
            ? offered.predictedSeconds()
            : state.estimator.seconds(task.workload(), device.deviceClass());
    Occupant occupant = device.occupant(task);
    if (occupant == null) {
      state.withdraw(task, false, turn);
      occupant = state.fleet.occupy(device, task, predicted, at, turn.now());
    }
    state.fleet.start(device, occupant, at, turn.now());
    int lane = device.report().lanes().isEmpty() ? 0 : device.lane();
    state.become(task, new TaskState.Running(deviceId, lane, at, predicted), turn);
    state.publish(
        task, JobEvent.Type.TASK_STARTED, deviceId, at, null, null, List.of(), null, turn);
  }

  void progressed(Input.AttemptProgressed input, Turn turn) {
    Task task = find(input, turn);
    if (task == null || !current(input.attempt(), task)) {
      return;
    }
    if (!(task.state() instanceof TaskState.Running runs)
        || !runs.device().equals(input.device())) {
      return;
    }
    if (intake.spawn(task.job(), input.spawned(), turn)) {
      double share = Math.clamp(input.progress(), 0.0, 1.0);
      state.publish(
          task,
          JobEvent.Type.TASK_PROGRESS,
          input.device(),
          runs.since(),
          null,
          share,
          List.of(),
          null,
          turn);
    }
  }

  void completed(Input.AttemptCompleted input, Turn turn) {
    Task task = find(input, turn);
    if (task == null || task.state() instanceof TaskState.Succeeded) {
      return;
    }
    if (input.result() != null
        && input.result().bytes() != null
        && input.result().bytes().length > state.settings.limits().inlineBytes()) {
      turn.refuse(
          "result of %s has %d bytes; up to %d travel inline, use a URI"
              .formatted(
                  input.attempt(),
                  input.result().bytes().length,
                  state.settings.limits().inlineBytes()));
      state.withdraw(task, !current(input.attempt(), task), turn);
      fail(
          task,
          input.device(),
          input.startedAt(),
          input.finishedAt(),
          new TaskError(TaskError.Kind.USER, "the result is too large to travel inline"),
          turn);
      return;
    }
    if (intake.spawn(task.job(), input.spawned(), turn)) {
      succeed(task, input, turn);
    }
  }

  private void succeed(Task task, Input.AttemptCompleted input, Turn turn) {
    Device holder = state.holder(task);
    boolean another = holder != null && !holder.id().equals(input.device());
    state.withdraw(task, another || !current(input.attempt(), task), turn);
    if (!(task.state() instanceof TaskState.Running)) {
      // A completion that overtook its start, or came after the attempt was given up.
      state.publish(
          task,
          JobEvent.Type.TASK_STARTED,
          input.device(),
          input.startedAt(),
          null,
          null,
          List.of(),
          null,
          turn);
    }
    learn(task, input);
    state.become(task, new TaskState.Succeeded(input.device(), input.finishedAt()), turn);
    Job job = task.job();
    job.graph().finish(task.node());
    boolean leaf = job.graph().childCount(task.node()) == 0;
    if (input.result() != null && !leaf) {
      turn.save(new Row.ResultRow(job.id(), task.id(), input.result()));
    }
    state.publish(
        task,
        JobEvent.Type.TASK_SUCCEEDED,
        input.device(),
        input.startedAt(),
        input.finishedAt(),
        null,
        List.of(),
        leaf ? input.result() : null,
        turn);
    releaseChildren(task, turn);
    endings.endIfDone(job, turn);
  }

  private void learn(Task task, Input.AttemptCompleted input) {
    Device device = state.fleet.device(input.device());
    double seconds = input.finishedAt() - input.startedAt();
    if (device != null) {
      state.fleet.completed(device);
      if (seconds > 0) {
        state.estimator.observe(task.workload(), device.deviceClass(), seconds);
      }
    }
  }

  private void releaseChildren(Task task, Turn turn) {
    var graph = task.job().graph();
    for (int i = 0; i < graph.childCount(task.node()); i++) {
      Task child = task.job().task(graph.child(task.node(), i));
      if (child != null && child.state() instanceof TaskState.Waiting) {
        child.setPendingParents(child.pendingParents() - 1);
        if (child.pendingParents() == 0) {
          intake.ready(child, turn);
        }
      }
    }
  }

  void failed(Input.AttemptFailed input, Turn turn) {
    Task task = find(input, turn);
    if (task == null || !current(input.attempt(), task) || !alive(task)) {
      return;
    }
    state.withdraw(task, false, turn);
    fail(task, input.device(), input.startedAt(), input.finishedAt(), input.error(), turn);
  }

  /** The attempt's device is gone; another device may take the task at once. */
  void lost(Task task, String device, String why, Turn turn) {
    Double since = task.state() instanceof TaskState.Running runs ? runs.since() : null;
    state.withdraw(task, false, turn);
    task.countFailure();
    if (task.failures() >= maxAttempts(task)) {
      giveUp(task, device, since, null, new TaskError(TaskError.Kind.EXTERNAL, why), turn);
      return;
    }
    state.become(task, new TaskState.Ready(turn.now()), turn);
    retrying(task, device, since, null, why, turn);
  }

  private void fail(
      Task task,
      String device,
      @Nullable Double startedAt,
      @Nullable Double finishedAt,
      TaskError error,
      Turn turn) {
    task.countFailure();
    if (!error.kind().retriable() || task.failures() >= maxAttempts(task)) {
      giveUp(task, device, startedAt, finishedAt, error, turn);
      return;
    }
    double backoff =
        Math.min(
            state.settings.maxBackoffSeconds(),
            state.settings.backoffSeconds() * Math.pow(2, task.failures() - 1));
    state.become(task, new TaskState.BackingOff(turn.now() + backoff), turn);
    retrying(task, device, startedAt, finishedAt, error.message(), turn);
  }

  private void retrying(
      Task task,
      String device,
      @Nullable Double startedAt,
      @Nullable Double finishedAt,
      String why,
      Turn turn) {
    state.publish(
        task,
        JobEvent.Type.TASK_RETRYING,
        device,
        startedAt,
        finishedAt,
        null,
        List.of(why),
        null,
        turn);
  }

  private void giveUp(
      Task task,
      String device,
      @Nullable Double startedAt,
      @Nullable Double finishedAt,
      TaskError error,
      Turn turn) {
    state.become(task, new TaskState.Failed(error), turn);
    state.publish(
        task,
        JobEvent.Type.TASK_FAILED,
        device,
        startedAt,
        finishedAt,
        null,
        List.of(error.message()),
        null,
        turn);
    String reason =
        "task '%s' failed after %d attempts: %s"
            .formatted(task.id(), task.attempts(), error.message());
    endings.end(task.job(), Row.JobState.FAILED, List.of(reason), turn);
  }

  void released(Input.AttemptReleased input, Turn turn) {
    Task task = find(input, turn);
    if (task == null || !current(input.attempt(), task)) {
      return;
    }
    Device holder = state.holder(task);
    if (holder == null) {
      return;
    }
    if (task.state() instanceof TaskState.Running && !holder.id().equals(input.device())) {
      return;
    }
    state.withdraw(task, false, turn);
    // It may have lost the lane; its next heartbeat tells.
    state.fleet.rest(holder, turn.now());
    state.become(task, new TaskState.Ready(turn.now()), turn);
  }

  /** Finds the task of an event; a late event of an ended job is nothing to complain about. */
  private @Nullable Task find(Input.AttemptInput input, Turn turn) {
    AttemptRef attempt = input.attempt();
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

  /** A device runs what somebody else runs or what is over: it may stop. */
  private void cancelStray(Input.AttemptStarted input, Task task, Turn turn) {
    Device device = state.fleet.device(input.device());
    boolean done = task.state() instanceof TaskState.Succeeded;
    if (device != null && !device.report().lanes().isEmpty() && !done) {
      turn.effects()
          .emit(
              new Effect.Cancel(
                  input.attempt(), device.id(), device.deviceClass(), device.lane(), turn.now()));
    }
  }

  private static boolean alive(Task task) {
    return task.state() instanceof TaskState.Offered || task.state() instanceof TaskState.Running;
  }

  private static boolean current(AttemptRef attempt, Task task) {
    return attempt.attempt() == task.attempts();
  }

  private int maxAttempts(Task task) {
    return task.spec().maxAttempts() > 0 ? task.spec().maxAttempts() : state.settings.maxAttempts();
  }
}
