package io.signalbox.simulator.workload;

import io.signalbox.core.job.TaskRef;
import io.signalbox.core.job.TaskSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A workload on a fleet as plain arrays, the way bounds and offline planners take it: all jobs
 * submitted at once, exact times.
 *
 * @param tasks the tasks of all jobs; indexes below count in this order
 * @param classes the fleet's classes, sorted by name
 * @param secondsByTaskAndClass run time in seconds; infinite where the task may not run
 * @param slots tasks that run at once, by class
 * @param parents indexes of each task's parents
 */
public record StaticProblem(
    List<TaskRef> tasks,
    List<String> classes,
    double[][] secondsByTaskAndClass,
    int[] slots,
    int[][] parents) {
  public StaticProblem {
    tasks = List.copyOf(tasks);
    classes = List.copyOf(classes);
  }

  /**
   * The arrays of a workload.
   *
   * @throws IllegalArgumentException if a task may run on none of the fleet's classes, or the
   *     speeds don't cover one of them
   */
  public static StaticProblem of(Workload workload, Fleet fleet, Speeds speeds) {
    List<String> classes = List.copyOf(fleet.classes());
    int[] slots = classes.stream().mapToInt(fleet.slotsByClass()::get).toArray();
    List<TaskRef> refs = new ArrayList<>();
    List<double[]> seconds = new ArrayList<>();
    List<int[]> parents = new ArrayList<>();
    for (JobPlan plan : workload.jobs()) {
      Map<String, Integer> indexes = new HashMap<>();
      for (TaskSpec task : plan.tasks()) {
        indexes.put(task.id(), refs.size());
        refs.add(new TaskRef(plan.job(), task.id()));
        seconds.add(secondsByClass(plan, task, classes, speeds));
      }
      plan.tasks().forEach(task -> parents.add(parents(plan, task, indexes)));
    }
    return new StaticProblem(
        refs, classes, seconds.toArray(double[][]::new), slots, parents.toArray(int[][]::new));
  }

  private static int[] parents(JobPlan plan, TaskSpec task, Map<String, Integer> indexes) {
    int[] parents = new int[task.dependencies().size()];
    for (int i = 0; i < parents.length; i++) {
      String parent = task.dependencies().get(i).task();
      Integer index = indexes.get(parent);
      if (index == null) {
        throw new IllegalArgumentException(
            "task '%s' of job '%s' waits for '%s', which the job doesn't have"
                .formatted(task.id(), plan.job(), parent));
      }
      parents[i] = index;
    }
    return parents;
  }

  private static double[] secondsByClass(
      JobPlan plan, TaskSpec task, List<String> classes, Speeds speeds) {
    double[] seconds = new double[classes.size()];
    Arrays.fill(seconds, Double.POSITIVE_INFINITY);
    boolean runs = false;
    for (int i = 0; i < seconds.length; i++) {
      if (task.classes().isEmpty() || task.classes().contains(classes.get(i))) {
        seconds[i] = speeds.secondsOn(task, classes.get(i));
        runs = true;
      }
    }
    if (!runs) {
      throw new IllegalArgumentException(
          "task '%s' of job '%s' may run on %s, of which the fleet has none; it has %s"
              .formatted(task.id(), plan.job(), task.classes(), classes));
    }
    return seconds;
  }
}
