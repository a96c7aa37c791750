package io.signalbox.cli.fleet;

import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.Speeds;
import io.signalbox.simulator.workload.Workload;
import io.signalbox.worker.TaskContext;
import java.util.HashMap;
import java.util.Map;

/** How long a simulated device takes for a task. */
@FunctionalInterface
public interface RunTimes {
  /**
   * Real seconds for one attempt on a device of the class.
   *
   * @throws IllegalArgumentException if no speed is known for the class
   */
  double seconds(TaskContext task, String deviceClass);

  /** A task's work / the speed of its operation on the class. */
  static RunTimes of(Speeds speeds) {
    return (task, deviceClass) -> speeds.secondsOn(task.operation(), task.work(), deviceClass);
  }

  /**
   * The same, but a task whose producer gave an estimate for the class takes that long.
   *
   * @param speeds the speeds
   * @param workload what is going to run, in real seconds
   */
  static RunTimes of(Speeds speeds, Workload workload) {
    Map<String, Map<String, TaskSpec>> tasks = new HashMap<>();
    for (JobPlan plan : workload.jobs()) {
      Map<String, TaskSpec> own = tasks.computeIfAbsent(plan.job(), name -> new HashMap<>());
      plan.tasks().forEach(task -> own.put(task.id(), task));
    }
    return (task, deviceClass) -> {
      TaskSpec known = tasks.getOrDefault(task.job(), Map.of()).get(task.taskId());
      return known == null
          ? speeds.secondsOn(task.operation(), task.work(), deviceClass)
          : speeds.secondsOn(known, deviceClass);
    };
  }
}
