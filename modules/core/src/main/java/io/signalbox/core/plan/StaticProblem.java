package io.signalbox.core.plan;

/**
 * A whole job on a fixed set of processors, with everything known: what static schedulers plan.
 *
 * @param seconds run time by task and processor; positive infinity where a task isn't allowed
 * @param parents the parents of each task
 * @param transferSeconds for each parent of each task, the transfer time between memories
 * @param memories the memory of each processor: transfers within one take no time
 */
public record StaticProblem(
    double[][] seconds, int[][] parents, double[][] transferSeconds, int[] memories) {
  public StaticProblem {
    require(memories.length > 0, "there is no processor");
    require(parents.length == seconds.length, "parents are needed for every task");
    require(transferSeconds.length == seconds.length, "transfer times are needed for every task");
    for (int task = 0; task < seconds.length; task++) {
      checkTimes(seconds[task], memories.length, task);
      checkEdges(parents[task], transferSeconds[task], seconds.length, task);
    }
  }

  private static void checkTimes(double[] row, int processors, int task) {
    require(row.length == processors, "task " + task + " needs a time for every processor");
    boolean runs = false;
    for (double time : row) {
      require(time >= 0, "times of task " + task + " must be >= 0, one is " + time);
      runs |= time < Double.POSITIVE_INFINITY;
    }
    require(runs, "task " + task + " is allowed on no processor");
  }

  private static void checkEdges(int[] parents, double[] transfers, int tasks, int task) {
    require(
        parents.length == transfers.length,
        "task " + task + " needs a transfer time for every parent");
    for (int i = 0; i < parents.length; i++) {
      require(
          parents[i] >= 0 && parents[i] < tasks,
          "parent " + parents[i] + " of task " + task + " is none of the tasks");
      require(
          transfers[i] >= 0 && transfers[i] < Double.POSITIVE_INFINITY,
          "transfer times of task " + task + " must be >= 0 and finite, one is " + transfers[i]);
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** How many tasks there are. */
  public int taskCount() {
    return seconds.length;
  }

  /** How many processors there are. */
  public int processorCount() {
    return memories.length;
  }

  /** Transfer time from parent i of a task, between two processors. */
  double transfer(int task, int i, int from, int to) {
    return memories[from] == memories[to] ? 0 : transferSeconds[task][i];
  }

  /** Mean run time of a task over the processors it is allowed on. */
  double meanSeconds(int task) {
    double sum = 0;
    int count = 0;
    for (double time : seconds[task]) {
      if (time < Double.POSITIVE_INFINITY) {
        sum += time;
        count++;
      }
    }
    return sum / count;
  }

  /** The share of pairs of different processors that don't share a memory. */
  double apartShare() {
    long pairs = 0;
    long apart = 0;
    for (int a = 0; a < memories.length; a++) {
      for (int b = 0; b < a; b++) {
        pairs++;
        apart += memories[a] == memories[b] ? 0 : 1;
      }
    }
    return pairs == 0 ? 0 : apart / (double) pairs;
  }
}
