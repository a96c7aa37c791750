package io.signalbox.core.job;

/**
 * Names one task: ids are unique within a job, jobs within a pool.
 *
 * @param job id of the job
 * @param task id of the task
 */
public record TaskRef(String job, String task) {
  @Override
  public String toString() {
    return job + "/" + task;
  }
}
