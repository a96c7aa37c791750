package io.signalbox.worker;

import io.signalbox.events.Assignment;

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

  @Override
  public String toString() {
    return job + "/" + taskId + "#" + attempt;
  }
}
