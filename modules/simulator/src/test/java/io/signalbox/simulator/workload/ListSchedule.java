package io.signalbox.simulator.workload;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The makespan of tasks placed by falling upward rank, each where it ends first. */
final class ListSchedule {
  private final StaticProblem problem;
  private final double[] finish;
  private final double[][] free;

  private ListSchedule(StaticProblem problem) {
    this.problem = problem;
    this.finish = new double[problem.tasks().size()];
    this.free = Arrays.stream(problem.slots()).mapToObj(double[]::new).toArray(double[][]::new);
  }

  /** Seconds, without transfers; parents must stand before their children. */
  static double seconds(StaticProblem problem) {
    ListSchedule schedule = new ListSchedule(problem);
    double[] ranks = ranks(problem);
    IntStream.range(0, ranks.length)
        .boxed()
        .sorted(Comparator.comparingDouble(task -> -ranks[task]))
        .forEach(schedule::place);
    return Arrays.stream(schedule.finish).max().orElse(0);
  }

  private static double[] ranks(StaticProblem problem) {
    double[] ranks = new double[problem.tasks().size()];
    for (int task = ranks.length - 1; task >= 0; task--) {
      ranks[task] += Arrays.stream(problem.secondsByTaskAndClass()[task]).min().orElse(0);
      for (int parent : problem.parents()[task]) {
        ranks[parent] = Math.max(ranks[parent], ranks[task]);
      }
    }
    return ranks;
  }

  private void place(int task) {
    double ready = 0;
    for (int parent : problem.parents()[task]) {
      ready = Math.max(ready, finish[parent]);
    }
    double best = Double.POSITIVE_INFINITY;
    double[] slots = free[0];
    for (int k = 0; k < free.length; k++) {
      Arrays.sort(free[k]);
      double end = Math.max(ready, free[k][0]) + problem.secondsByTaskAndClass()[task][k];
      if (end < best) {
        best = end;
        slots = free[k];
      }
    }
    slots[0] = best;
    finish[task] = best;
  }
}
