package io.signalbox.core.explanation;

import java.util.Map;
import java.util.Optional;

/**
 * A task in its job.
 *
 * @param operation the kind of the task
 * @param attempts offers made so far
 * @param failures attempts that failed or were lost
 * @param maxFailures how many may, before the task fails
 * @param lastProblem what went wrong last, for people; empty when nothing did, or when that was
 *     before a restart
 * @param depth longest number of edges from a task without parents
 * @param upwardRankSeconds predicted seconds from its start to the end of its job along its longest
 *     path
 * @param path its place among the job's paths; empty when it is done, or when the job is too large
 *     to tell
 * @param hot what is done for its operation, which is hot; empty when it isn't
 */
public record TaskFacts(
    String operation,
    int attempts,
    int failures,
    int maxFailures,
    Optional<String> lastProblem,
    int depth,
    double upwardRankSeconds,
    Optional<PathPlace> path,
    Optional<Hot> hot) {
  /** A task whose operation isn't hot. */
  public TaskFacts(
      String operation,
      int attempts,
      int failures,
      int maxFailures,
      Optional<String> lastProblem,
      int depth,
      double upwardRankSeconds,
      Optional<PathPlace> path) {
    this(
        operation,
        attempts,
        failures,
        maxFailures,
        lastProblem,
        depth,
        upwardRankSeconds,
        path,
        Optional.empty());
  }

  /**
   * What is done for a hot operation.
   *
   * @param weight what is added to the priority of its tasks
   * @param keptSlots slots that are kept on its account, by class
   * @param splitFiner its tasks are marked to be split finer
   */
  public record Hot(double weight, Map<String, Integer> keptSlots, boolean splitFiner) {
    public Hot {
      keptSlots = Map.copyOf(keptSlots);
    }
  }

  /**
   * A task's place among the paths through what is left of its job.
   *
   * @param slackSeconds how much longer its start can be put off without the job taking longer
   * @param critical true on the job's longest remaining path
   */
  public record PathPlace(double slackSeconds, boolean critical) {}
}
