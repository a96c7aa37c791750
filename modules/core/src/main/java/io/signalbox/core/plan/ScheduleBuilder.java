package io.signalbox.core.plan;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Puts tasks one by one, parents first, where they finish best, into gaps too. */
final class ScheduleBuilder {
  /** What is added to a task's finish on a processor when processors are compared. */
  interface Penalty {
    double seconds(int task, int processor);
  }

  private final StaticProblem problem;
  private final Timeline[] timelines;
  private final int[] processors;
  private final double[] starts;
  private final double[] finishes;
  // When the inputs of the task in hand are in the memory of the one that is there last, and when
  // in any other.
  private int lastMemory;
  private double readyThere;
  private double readyElsewhere;

  ScheduleBuilder(StaticProblem problem) {
    this.problem = problem;
    timelines = new Timeline[problem.processorCount()];
    Arrays.setAll(timelines, processor -> new Timeline());
    processors = new int[problem.taskCount()];
    starts = new double[problem.taskCount()];
    finishes = new double[problem.taskCount()];
  }

  /** Places a task on the best of the candidates; among equals on the first. */
  void place(int task, IntPredicate isCandidate, Penalty penalty) {
    double[] lengths = problem.seconds()[task];
    locateInputs(task);
    int best = -1;
    double bestStart = 0;
    double bestScore = Double.POSITIVE_INFINITY;
    for (int processor = 0; processor < timelines.length; processor++) {
      double length = lengths[processor];
      if (length == Double.POSITIVE_INFINITY || !isCandidate.test(processor)) {
        continue;
      }
      double ready = ready(processor);
      double against = penalty.seconds(task, processor);
      // Where even that would be too late, as on most, there is no need to look for a gap.
      if (ready + length + against >= bestScore) {
        continue;
      }
      double start = timelines[processor].earliestStart(ready, length);
      double score = start + length + against;
      if (score < bestScore) {
        best = processor;
        bestStart = start;
        bestScore = score;
      }
    }
    processors[task] = best;
    starts[task] = bestStart;
    finishes[task] = bestStart + lengths[best];
    timelines[best].add(starts[task], finishes[task]);
  }

  /** Takes a task as it is: it runs or has run there, and places nothing. */
  void fix(int task, int processor, double start, double finish) {
    processors[task] = processor;
    starts[task] = start;
    finishes[task] = finish;
    if (finish > 0) {
      timelines[processor].add(Math.max(0, start), finish);
    }
  }

  /**
   * Finds out when the task's inputs can be where. The one that is there last, once moved, decides
   * for all memories but its own, whatever lies there: what needn't be moved is there before.
   */
  private void locateInputs(int task) {
    int[] parents = problem.parents()[task];
    double[] transfers = problem.transferSeconds()[task];
    int[] memories = problem.memories();
    lastMemory = -1;
    readyElsewhere = 0;
    readyThere = 0;
    for (int i = 0; i < parents.length; i++) {
      double moved = finishes[parents[i]] + transfers[i];
      if (moved > readyElsewhere) {
        readyElsewhere = moved;
        lastMemory = memories[processors[parents[i]]];
      }
    }
    for (int i = 0; i < parents.length; i++) {
      boolean near = memories[processors[parents[i]]] == lastMemory;
      double there = near ? finishes[parents[i]] : finishes[parents[i]] + transfers[i];
      readyThere = Math.max(readyThere, there);
    }
  }

  private double ready(int processor) {
    return problem.memories()[processor] == lastMemory ? readyThere : readyElsewhere;
  }

  StaticSchedule build() {
    return new StaticSchedule(processors, starts, finishes);
  }
}
