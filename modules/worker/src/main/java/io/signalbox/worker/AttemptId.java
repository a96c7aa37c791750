package io.signalbox.worker;

import io.signalbox.events.Assignment;
import io.signalbox.events.PriorAttempt;
import org.jspecify.annotations.Nullable;

/**
 * Names one attempt within a pool. Every offer of a task has a number of its own, so an id that was
 * settled never comes back with new meaning.
 *
 * @param job the job
 * @param taskId the task
 * @param attempt its number, from 1
 */
record AttemptId(String job, String taskId, int attempt) {
  static AttemptId of(Assignment assignment) {
    return new AttemptId(assignment.getJob(), assignment.getTaskId(), assignment.getAttempt());
  }

  /** The attempt that a linked offer waits for; null when the offer is an ordinary one. */
  static @Nullable AttemptId before(Assignment assignment) {
    PriorAttempt after = assignment.getAfter();
    return after == null
        ? null
        : new AttemptId(assignment.getJob(), after.getTaskId(), after.getAttempt());
  }

  @Override
  public String toString() {
    return job + "/" + taskId + "#" + attempt;
  }
}
