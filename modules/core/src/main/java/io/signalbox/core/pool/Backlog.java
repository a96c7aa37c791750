package io.signalbox.core.pool;

import io.signalbox.core.job.Job;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Says of jobs that they queue: nothing of them has started some seconds after they came, though
 * tasks of theirs are ready. Said once a job, so that it costs little when there is much to queue.
 */
final class Backlog {
  /** Longer than an offer takes where there is room. */
  static final double QUEUED_SECONDS = 5;

  private static final int MOST_IN_A_TICK = 1_000;

  private final State state;
  private final Deque<Job> young = new ArrayDeque<>();

  Backlog(State state) {
    this.state = state;
  }

  /** A job that came a moment ago. */
  void add(Job job) {
    young.add(job);
  }

  /** The same of a job that was stored; of an older one it has been said. */
  void restore(Job job, double now) {
    if (job.acceptedAt() + QUEUED_SECONDS > now) {
      young.add(job);
    }
  }

  void tick(Turn turn) {
    long queued = -1;
    for (int i = 0; i < MOST_IN_A_TICK; i++) {
      Job job = young.peek();
      if (job == null || job.acceptedAt() + QUEUED_SECONDS > turn.now()) {
        return;
      }
      young.remove();
      if (waits(job)) {
        queued = queued < 0 ? ready() : queued;
        State.publish(job, JobEvent.Type.QUEUED, List.of(reason(job, queued)), null, turn);
      }
    }
  }

  private long ready() {
    return state.jobs.values().stream().mapToLong(Job::ready).sum();
  }

  private static boolean waits(Job job) {
    return !job.ended()
        && job.ready() > 0
        && job.running() == 0
        && job.succeeded() == 0
        && job.failed() == 0
        && job.tasks().stream().allMatch(task -> task.attempts() == 0);
  }

  private String reason(Job job, long queued) {
    return "nothing of it was offered to a device in %.0f s: %d of its tasks are ready, %d in the whole pool%s"
        .formatted(QUEUED_SECONDS, job.ready(), queued, state.paused ? ", which is paused" : "");
  }
}
