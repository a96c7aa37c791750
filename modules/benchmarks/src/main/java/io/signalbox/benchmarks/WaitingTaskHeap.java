package io.signalbox.benchmarks;

import io.signalbox.core.job.JobHeader;
import io.signalbox.core.pool.Input;
import io.signalbox.core.pool.Pool;
import io.signalbox.core.pool.PoolSettings;
import java.lang.ref.Reference;

/**
 * Heap that a waiting task takes up in a pool: its own objects, its names, its node and edge in the
 * graph, its places in the job's maps. No argument: a million tasks in one job.
 */
public final class WaitingTaskHeap {
  private static final int RECORD = 1_000;

  private WaitingTaskHeap() {}

  /** Prints the figure. */
  public static void main(String[] arguments) {
    int tasks = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    System.out.printf("%d tasks: %.0f bytes of heap each%n", tasks, bytesPerTask(tasks));
  }

  /**
   * Measures.
   *
   * @param tasks how many, in one job; a multiple of 1,000
   */
  static double bytesPerTask(int tasks) {
    Pool pool = new Pool("heap", PoolSettings.of(SampleFleet.CLASSES));
    long before = usedBytes();
    try {
      fill(pool, tasks);
      return (double) (usedBytes() - before) / tasks;
    } finally {
      Reference.reachabilityFence(pool);
    }
  }

  private static void fill(Pool pool, int tasks) {
    for (int layer = 0; layer < tasks / RECORD; layer++) {
      pool.on(
          new Input.TasksSubmitted(
              "job", JobHeader.DEFAULT, SampleTasks.layer(layer, RECORD), false),
          1,
          effect -> {});
    }
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    // A collection may leave what the next one takes.
    for (int i = 0; i < 3; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
