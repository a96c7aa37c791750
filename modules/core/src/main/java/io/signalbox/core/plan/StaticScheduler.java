package io.signalbox.core.plan;

import java.util.Arrays;

/** Static list schedulers: a whole plan before anything runs. */
public enum StaticScheduler {
  /** Heterogeneous Earliest Finish Time, insertion based (Topcuoglu, Hariri, Wu 2002). */
  HEFT {
    @Override
    public StaticSchedule schedule(StaticProblem problem) {
      StaticGraph graph = new StaticGraph(problem);
      ScheduleBuilder builder = new ScheduleBuilder(problem);
      double[] rank = StaticRanks.upward(problem, graph);
      ReadyOrder.visit(
          problem, graph, rank, task -> builder.place(task, p -> true, (t, processor) -> 0));
      return builder.build();
    }
  },

  /** Critical Path On a Processor (ibid.). */
  CPOP {
    @Override
    public StaticSchedule schedule(StaticProblem problem) {
      StaticGraph graph = new StaticGraph(problem);
      double[] rank = StaticRanks.upward(problem, graph);
      double[] downward = StaticRanks.downward(problem);
      Arrays.setAll(rank, task -> rank[task] + downward[task]);
      boolean[] isCritical = criticalPath(graph, rank);
      int chosen = criticalProcessor(problem, isCritical);
      ScheduleBuilder builder = new ScheduleBuilder(problem);
      ReadyOrder.visit(
          problem,
          graph,
          rank,
          task -> {
            boolean isBound =
                isCritical[task] && problem.seconds()[task][chosen] < Double.POSITIVE_INFINITY;
            builder.place(task, p -> !isBound || p == chosen, (t, processor) -> 0);
          });
      return builder.build();
    }
  },

  /** Predict Earliest Finish Time: an optimistic look ahead (Arabnejad, Barbosa 2014). */
  PEFT {
    @Override
    public StaticSchedule schedule(StaticProblem problem) {
      double[][] costs = StaticRanks.optimisticCosts(problem);
      double[] rank = StaticRanks.optimisticRanks(costs);
      ScheduleBuilder builder = new ScheduleBuilder(problem);
      ReadyOrder.visit(
          problem,
          new StaticGraph(problem),
          rank,
          task -> builder.place(task, p -> true, (t, processor) -> costs[t][processor]));
      return builder.build();
    }
  };

  private static final double SAME = 1e-9;

  /** Plans a problem. */
  public abstract StaticSchedule schedule(StaticProblem problem);

  private static boolean[] criticalPath(StaticGraph graph, double[] priority) {
    boolean[] isCritical = new boolean[priority.length];
    double length = Arrays.stream(priority).max().orElse(0);
    for (int task : graph.order) {
      if (priority[task] >= length * (1 - SAME)) {
        walk(graph, priority, task, isCritical);
        return isCritical;
      }
    }
    return isCritical;
  }

  /** From a task down to the end, always to the first child of highest priority. */
  private static void walk(StaticGraph graph, double[] priority, int start, boolean[] isCritical) {
    int task = start;
    while (task >= 0) {
      isCritical[task] = true;
      int next = -1;
      for (int child : graph.children[task]) {
        if (next < 0 || priority[child] > priority[next] * (1 + SAME)) {
          next = child;
        }
      }
      task = next;
    }
  }

  private static int criticalProcessor(StaticProblem problem, boolean[] isCritical) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int processor = 0; processor < problem.processorCount(); processor++) {
      double sum = 0;
      for (int task = 0; task < isCritical.length; task++) {
        sum += isCritical[task] ? problem.seconds()[task][processor] : 0;
      }
      if (sum < least) {
        least = sum;
        best = processor;
      }
    }
    return best;
  }
}
