package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.job.Content;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskError;
import io.signalbox.core.job.TaskState;
import org.jspecify.annotations.Nullable;

/** The first completion of any attempt makes its task succeed and may free its children. */
final class Completions {
  private final State state;
  private final Intake intake;
  private final Endings endings;
  private final Failures failures;
  private final Experience experience;

  Completions(
      State state, Intake intake, Endings endings, Failures failures, Experience experience) {
    this.state = state;
    this.intake = intake;
    this.endings = endings;
    this.failures = failures;
    this.experience = experience;
  }

  void completed(Task task, Input.AttemptCompleted input, Turn turn) {
    // A linked attempt that was run before its parent succeeded counts for nothing.
    if (task.state() instanceof TaskState.Succeeded || task.pendingParents() > 0) {
      return;
    }
    if (tooLarge(input.result())) {
      refuse(task, input, turn);
    } else if (intake.spawn(task.job(), input.spawned(), turn)) {
      succeed(task, input, turn);
    }
  }

  private boolean tooLarge(@Nullable Content result) {
    if (result == null) {
      return false;
    }
    byte[] bytes = result.bytes();
    long size = bytes == null ? 0 : bytes.length;
    size += result.uri() == null ? 0 : result.uri().length();
    return size > state.settings.limits().inlineBytes()
        || result.contentType().length() > state.settings.limits().inlineBytes();
  }

  private void refuse(Task task, Input.AttemptCompleted input, Turn turn) {
    String message =
        "the result of %s is too large: up to %d bytes travel inline, use a URI"
            .formatted(input.attempt(), state.settings.limits().inlineBytes());
    turn.refuse(message);
    state.withdrawAllBut(task, input, turn);
    failures.failed(
        task,
        new Failures.Attempt(
            input.attempt().attempt(), input.device(), input.startedAt(), input.finishedAt()),
        new TaskError(TaskError.Kind.USER, message),
        turn);
  }

  private void succeed(Task task, Input.AttemptCompleted input, Turn turn) {
    state.fleet.newsTook(turn.now() - input.finishedAt());
    int attempt = input.attempt().attempt();
    boolean announced =
        task.state() instanceof TaskState.Running
            && !(task.placed(attempt) instanceof TaskState.Offered);
    for (TaskState.Placed live : task.placed()) {
      if (live.attempt() != attempt) {
        experience.overtaken(task, live, turn);
      }
    }
    state.withdrawAllBut(task, input, turn);
    if (!announced) {
      // A completion that overtook its start, or came after the attempt was given up.
      new Announcement(task, JobEvent.Type.TASK_STARTED, attempt, input.device())
          .started(input.startedAt())
          .publish(state, turn);
    }
    Device device = state.fleet.device(input.device());
    if (device != null) {
      experience.completed(task, device, input.finishedAt() - input.startedAt(), turn);
    }
    state.become(task, new TaskState.Succeeded(attempt, input.device(), input.finishedAt()), turn);
    Job job = task.job();
    job.graph().finish(task.node());
    state.placement.succeeded(task, input.finishedAt());
    boolean leaf = job.graph().childCount(task.node()) == 0;
    // Children that are still unknown want the result too.
    if (input.result() != null && !(leaf && job.sealed())) {
      turn.save(new Row.ResultRow(job.id(), task.id(), input.result()));
      job.keepResult(task.node());
    }
    new Announcement(task, JobEvent.Type.TASK_SUCCEEDED, attempt, input.device())
        .started(input.startedAt())
        .finished(input.finishedAt())
        .result(leaf ? input.result() : null)
        .publish(state, turn);
    state.links.succeeded(task, attempt, input.device(), turn);
    releaseChildren(task, turn);
    endings.endIfDone(job, turn);
  }

  private void releaseChildren(Task task, Turn turn) {
    var graph = task.job().graph();
    for (int i = 0; i < graph.childCount(task.node()); i++) {
      Task child = task.job().task(graph.child(task.node(), i));
      if (child != null && child.pendingParents() > 0) {
        child.setPendingParents(child.pendingParents() - 1);
        release(child, turn);
      }
    }
  }

  private void release(Task child, Turn turn) {
    if (child.pendingParents() == 1) {
      state.links.considerParent(child);
    } else if (child.pendingParents() == 0) {
      if (child.state() instanceof TaskState.Linked linked) {
        Intake.locateData(child, state.fleet);
        state.links.takeUp(child, linked, turn);
      } else {
        intake.ready(child, turn);
      }
    }
  }
}
