package io.signalbox.simulator.workload;

import java.util.List;

/**
 * What a file asks for: jobs to be submitted together.
 *
 * @param name the file's name without its extension
 * @param jobs the jobs, copies written out; their names differ
 */
public record Workload(String name, List<JobPlan> jobs) {
  public Workload {
    jobs = List.copyOf(jobs);
  }

  /** The tasks of all jobs together. */
  public int taskCount() {
    return jobs.stream().mapToInt(plan -> plan.tasks().size()).sum();
  }
}
