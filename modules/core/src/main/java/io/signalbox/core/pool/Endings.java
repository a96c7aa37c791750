package io.signalbox.core.pool;

import io.signalbox.core.admission.Proof;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import java.util.List;

/** Gives jobs their outcome, once. */
final class Endings {
  private final State state;

  Endings(State state) {
    this.state = state;
  }

  /** Ends the job if all its tasks are done and no more can come. */
  void endIfDone(Job job, Turn turn) {
    if (!job.ended() && job.sealed() && job.succeeded() == job.size()) {
      end(job, Row.JobState.SUCCEEDED, List.of(), turn);
    }
  }

  /** Ends the job now: running attempts are cancelled, the rest never starts. */
  void end(Job job, Row.JobState outcome, List<String> reasons, Turn turn) {
    job.end();
    Proof proof = state.proofs.remove(job);
    if (outcome != Row.JobState.SUCCEEDED) {
      for (Task task : job.tasks()) {
        stop(task, turn);
      }
    }
    Row.JobRow row =
        new Row.JobRow(
            job.id(),
            job.header(),
            job.sealed(),
            job.acceptedAt(),
            proof,
            new Row.Outcome(outcome, turn.now(), reasons, State.counts(job)));
    state.liveTasks -= job.size();
    state.tenants.grown(job, -job.size());
    state.jobs.remove(job.id());
    state.placement.ended(job);
    state.ended.add(row);
    if (turn.effects().storesRows()) {
      state.ended.deleteRowsOf(job);
    }
    state.changed(job);
    turn.save(row);
    boolean refused = outcome == Row.JobState.REJECTED;
    State.publish(job, eventOf(outcome), reasons, refused ? proof : null, turn);
  }

  /** Queues drop the other tasks of an ended job when they come across them. */
  private void stop(Task task, Turn turn) {
    if (task.state() instanceof TaskState.Linked) {
      state.links.takeBack(task, true, turn);
    } else if (task.state() instanceof TaskState.Placed) {
      state.cancelAll(task, turn);
      task.become(new TaskState.Waiting());
    }
  }

  private static JobEvent.Type eventOf(Row.JobState outcome) {
    return switch (outcome) {
      case SUCCEEDED -> JobEvent.Type.JOB_SUCCEEDED;
      case FAILED -> JobEvent.Type.JOB_FAILED;
      case CANCELLED -> JobEvent.Type.JOB_CANCELLED;
      case REJECTED -> JobEvent.Type.REJECTED;
    };
  }
}
