package io.signalbox.core.job;

/**
 * Names one attempt of one task. Every offer of a task has a number of its own.
 *
 * @param job id of the job
 * @param task id of the task
 * @param attempt counts from 1
 */
public record AttemptRef(String job, String task, int attempt) {
  /** The task that is attempted. */
  public TaskRef taskRef() {
    return new TaskRef(job, task);
  }

  @Override
  public String toString() {
    return job + "/" + task + "#" + attempt;
  }
}
