package io.signalbox.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.JobPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks whether a run could have happened: by its own reading of the workload. */
final class ScheduleCheck {
  private static final double ROUNDING = 1e-9;

  private ScheduleCheck() {}

  static void check(Scenario scenario, RunResult run) {
    Map<String, PlacedTask> placed = new HashMap<>();
    for (PlacedTask task : run.tasks()) {
      String name = scenario.problem().tasks().get(task.task()).toString();
      assertEquals(null, placed.put(name, task), () -> name + " was done twice");
    }
    assertEquals(scenario.workload().taskCount(), placed.size(), "tasks done");
    for (JobPlan plan : scenario.workload().jobs()) {
      plan.tasks().forEach(spec -> inputsAreThere(scenario, plan.job(), spec, placed));
    }
    slotsRunOneAtATime(run);
  }

  private static void inputsAreThere(
      Scenario scenario, String job, TaskSpec spec, Map<String, PlacedTask> placed) {
    PlacedTask task = placed.get(job + "/" + spec.id());
    assertTrue(
        spec.classes().isEmpty() || spec.classes().contains(task.device().deviceClass()),
        () -> spec.id() + " ran on " + task.device());
    spec.dependencies()
        .forEach(dependency -> {
          PlacedTask parent = placed.get(job + "/" + dependency.task());
          double transfer =
              scenario
                  .fleet()
                  .network()
                  .transferSeconds(
                      dependency.sizeBytes(), parent.device().id(), task.device().id());
          assertTrue(
              task.startSeconds() >= parent.finishSeconds() + transfer - ROUNDING,
              () -> spec.id() + " started before the data of " + dependency.task() + " was there");
          assertTrue(task.readySeconds() >= parent.finishSeconds(), spec.id());
        });
  }

  private static void slotsRunOneAtATime(RunResult run) {
    Map<String, List<PlacedTask>> slots = new HashMap<>();
    for (PlacedTask task : run.tasks()) {
      assertTrue(task.slot() >= 0 && task.slot() < task.device().slots(), task::toString);
      slots
          .computeIfAbsent(task.device().id() + " " + task.slot(), slot -> new ArrayList<>())
          .add(task);
    }
    for (List<PlacedTask> tasks : slots.values()) {
      tasks.sort(Comparator.comparingDouble(PlacedTask::startSeconds));
      for (int i = 1; i < tasks.size(); i++) {
        PlacedTask before = tasks.get(i - 1);
        PlacedTask after = tasks.get(i);
        assertTrue(
            after.startSeconds() >= before.finishSeconds(), () -> before + " overlaps " + after);
      }
    }
  }
}
