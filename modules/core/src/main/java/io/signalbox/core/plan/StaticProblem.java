package io.signalbox.core.plan;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * A whole job on a fixed set of processors, with everything known: what static schedulers plan.
 *
 * @param seconds run time by task and processor; positive infinity where a task isn't allowed
 * @param parents the parents of each task
 * @param transferSeconds for each parent of each task, the transfer time between memories
 * @param memories the memory of each processor: transfers within one take no time
 * @param kinds the kind of each processor, counted from 0; processors of a kind are equally fast,
 *     and each kind counts once where means over processors are taken, however many it has
 */
public record StaticProblem(
    double[][] seconds, int[][] parents, double[][] transferSeconds, int[] memories, int[] kinds) {
  public StaticProblem {
    require(memories.length > 0, "there is no processor");
    require(parents.length == seconds.length, "parents are needed for every task");
    require(transferSeconds.length == seconds.length, "transfer times are needed for every task");
    require(kinds.length == memories.length, "a kind is needed for every processor");
    for (int task = 0; task < seconds.length; task++) {
      checkTimes(seconds[task], memories.length, task);
      checkEdges(parents[task], transferSeconds[task], seconds.length, task);
    }
  }

  /** Processors that are each of a kind of their own, as in the schedulers' papers. */
  public StaticProblem(
      double[][] seconds, int[][] parents, double[][] transferSeconds, int[] memories) {
    this(
        seconds, parents, transferSeconds, memories, IntStream.range(0, memories.length).toArray());
  }

  // Messages are made when they are needed: planning again and again checks millions of numbers.
  private static void checkTimes(double[] row, int processors, int task) {
    if (row.length != processors) {
      throw new IllegalArgumentException("task " + task + " needs a time for every processor");
    }
    boolean runs = false;
    for (double time : row) {
      if (!(time >= 0)) {
        throw new IllegalArgumentException(
            "times of task " + task + " must be >= 0, one is " + time);
      }
      runs |= time < Double.POSITIVE_INFINITY;
    }
    if (!runs) {
      throw new IllegalArgumentException("task " + task + " is allowed on no processor");
    }
  }

  private static void checkEdges(int[] parents, double[] transfers, int tasks, int task) {
    if (parents.length != transfers.length) {
      throw new IllegalArgumentException(
          "task " + task + " needs a transfer time for every parent");
    }
    for (int i = 0; i < parents.length; i++) {
      if (parents[i] < 0 || parents[i] >= tasks) {
        throw new IllegalArgumentException(
            "parent " + parents[i] + " of task " + task + " is none of the tasks");
      }
      if (!(transfers[i] >= 0 && transfers[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "transfer times of task " + task + " must be >= 0 and finite, one is " + transfers[i]);
      }
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

  /** Mean run time of a task over the kinds of processors it is allowed on. */
  double meanSeconds(int task) {
    BitSet seen = new BitSet();
    double sum = 0;
    for (int processor = 0; processor < kinds.length; processor++) {
      double time = seconds[task][processor];
      if (time < Double.POSITIVE_INFINITY && !seen.get(kinds[processor])) {
        seen.set(kinds[processor]);
        sum += time;
      }
    }
    return sum / seen.cardinality();
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
