package io.signalbox.simulator.run;

import java.util.List;

/**
 * What one run came to.
 *
 * @param policy the policy's name
 * @param seed the seed
 * @param tasks every task, in the order in which they were done
 * @param wasted attempts that ran and came to nothing, in the order in which they ended
 * @param attempts attempts that were started
 * @param copies those of them that began while another attempt of their task was under way
 * @param decisions offers that the policy made
 * @param deadlineMisses jobs that were done after their deadline
 * @param rejected jobs that weren't admitted because of their deadline
 * @param decisionNanos what placing took on this machine, in nanoseconds of real time
 */
public record RunResult(
    String policy,
    long seed,
    List<PlacedTask> tasks,
    List<WastedAttempt> wasted,
    int attempts,
    int copies,
    int decisions,
    int deadlineMisses,
    List<String> rejected,
    long decisionNanos) {
  public RunResult {
    tasks = List.copyOf(tasks);
    wasted = List.copyOf(wasted);
    rejected = List.copyOf(rejected);
  }

  /** When the last task was done, in seconds. */
  public double makespanSeconds() {
    double makespan = 0;
    for (PlacedTask task : tasks) {
      makespan = Math.max(makespan, task.finishSeconds());
    }
    return makespan;
  }
}
