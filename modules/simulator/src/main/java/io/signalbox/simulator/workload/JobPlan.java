package io.signalbox.simulator.workload;

import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job before it is submitted.
 *
 * @param job its name
 * @param header what holds for the whole job; its deadline is set when the file names an instant
 * @param tasks its tasks, in the order of the file; parents may stand after their children
 * @param deadlineAfterSeconds the deadline in seconds from submission; null when the file has none
 *     or names an instant
 */
public record JobPlan(
    String job, JobHeader header, List<TaskSpec> tasks, @Nullable Double deadlineAfterSeconds) {
  public JobPlan {
    tasks = List.copyOf(tasks);
  }

  /** A job without a deadline of its own beside the header's. */
  public JobPlan(String job, JobHeader header, List<TaskSpec> tasks) {
    this(job, header, tasks, null);
  }

  /**
   * The same job with its deadline as an instant, to be called where it is submitted.
   *
   * @param now the time of submission, in seconds since the epoch
   */
  public JobPlan submittedAt(double now) {
    if (deadlineAfterSeconds == null) {
      return this;
    }
    return new JobPlan(job, header.withDeadline(now + deadlineAfterSeconds), tasks, null);
  }

  /** The same job under another name. */
  public JobPlan named(String name) {
    return new JobPlan(name, header, tasks, deadlineAfterSeconds);
  }

  /** The same job with other tasks. */
  public JobPlan withTasks(List<TaskSpec> others) {
    return new JobPlan(job, header, others, deadlineAfterSeconds);
  }
}
