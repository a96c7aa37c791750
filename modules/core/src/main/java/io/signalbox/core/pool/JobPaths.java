package io.signalbox.core.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What still holds a job up.
 *
 * @param remainingSeconds predicted seconds along the longest path of unfinished tasks
 * @param length how many tasks are on that path
 * @param critical its first tasks, in their order
 * @param bottlenecks the unfinished tasks that most longest paths lead through, the worst first;
 *     null when the job is too large to tell
 */
public record JobPaths(
    double remainingSeconds,
    int length,
    List<String> critical,
    @Nullable List<Bottleneck> bottlenecks) {
  /** In jobs of more tasks than this, questions about all paths would hold up the pool. */
  public static final int MOST_TASKS = 20_000;

  public JobPaths {
    critical = List.copyOf(critical);
    bottlenecks = bottlenecks == null ? null : List.copyOf(bottlenecks);
  }

  /**
   * A task that many paths lead through.
   *
   * @param task its id
   * @param pairs the unfinished tasks whose longest path to the end leads through it, times those
   *     whose longest path from the start does, itself counted on both sides
   */
  public record Bottleneck(String task, long pairs) {}
}
