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
    int best = -1;
    double bestStart = 0;
    double bestScore = Double.POSITIVE_INFINITY;
    for (int processor = 0; processor < timelines.length; processor++) {
      double length = problem.seconds()[task][processor];
      if (length == Double.POSITIVE_INFINITY || !isCandidate.test(processor)) {
        continue;
      }
      double start = timelines[processor].earliestStart(ready(task, processor), length);
      double score = start + length + penalty.seconds(task, processor);
      if (score < bestScore) {
        best = processor;
        bestStart = start;
        bestScore = score;
      }
    }
    processors[task] = best;
    starts[task] = bestStart;
    finishes[task] = bestStart + problem.seconds()[task][best];
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

  private double ready(int task, int processor) {
    double ready = 0;
    int[] parents = problem.parents()[task];
    for (int i = 0; i < parents.length; i++) {
      int from = processors[parents[i]];
      ready = Math.max(ready, finishes[parents[i]] + problem.transfer(task, i, from, processor));
    }
    return ready;
  }

  StaticSchedule build() {
    return new StaticSchedule(processors, starts, finishes);
  }
}
