package io.signalbox.simulator.scenario;

import io.signalbox.core.bound.LowerBound;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.StaticProblem;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * What no schedule can beat where jobs arrive one after the other: each job takes its own bound
 * from its arrival on, and all jobs that arrive from a time on take, from then on, what they would
 * take together.
 */
final class ArrivalBound {
  /** At so many arrivals, evenly spread, what is still to come is looked at together. */
  private static final int CUTS = 8;

  private final StaticProblem problem;
  private final Arrivals arrivals;
  private final int[] firstTask;

  private ArrivalBound(StaticProblem problem, Arrivals arrivals, List<JobPlan> jobs) {
    this.problem = problem;
    this.arrivals = arrivals;
    this.firstTask = new int[jobs.size() + 1];
    for (int job = 0; job < jobs.size(); job++) {
      firstTask[job + 1] = firstTask[job] + jobs.get(job).tasks().size();
    }
  }

  static double seconds(StaticProblem problem, Arrivals arrivals, List<JobPlan> jobs) {
    ArrivalBound bound = new ArrivalBound(problem, arrivals, jobs);
    return Math.max(bound.ofEachJob(jobs), bound.ofWhatIsStillToCome());
  }

  private double ofEachJob(List<JobPlan> jobs) {
    // Copies of a job share the list of its tasks.
    IdentityHashMap<List<TaskSpec>, Double> known = new IdentityHashMap<>();
    double longest = 0;
    for (int job = 0; job < jobs.size(); job++) {
      int first = firstTask[job];
      int end = firstTask[job + 1];
      double alone = known.computeIfAbsent(jobs.get(job).tasks(), tasks -> together(first, end));
      longest = Math.max(longest, arrivals.seconds(job) + alone);
    }
    return longest;
  }

  private double ofWhatIsStillToCome() {
    double longest = 0;
    for (int cut = 1; cut < CUTS; cut++) {
      int job = (int) ((long) arrivals.jobs() * cut / CUTS);
      if (job > 0 && arrivals.seconds(job) > 0) {
        double rest = together(firstTask[job], firstTask[firstTask.length - 1]);
        longest = Math.max(longest, arrivals.seconds(job) + rest);
      }
    }
    return longest;
  }

  /** The bound of some tasks, which belong to whole jobs. */
  private double together(int from, int to) {
    int[][] parents = new int[to - from][];
    Arrays.setAll(
        parents,
        task -> Arrays.stream(problem.parents()[from + task]).map(p -> p - from).toArray());
    double[][] seconds = Arrays.copyOfRange(problem.secondsByTaskAndClass(), from, to);
    return LowerBound.of(seconds, problem.slots(), parents).seconds();
  }
}
