package io.signalbox.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.Fleet;
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
    for (PlacedTask task : run.tasks()) {
      double arrival = scenario.arrivalSeconds()[task.task()];
      assertTrue(
          task.readySeconds() >= arrival && task.startSeconds() >= task.readySeconds(),
          task::toString);
    }
    assertEquals(run.attempts(), run.tasks().size() + run.wasted().size(), "attempts started");
    wastedAttemptsHadTheirInputs(scenario, run);
    slotsRunOneAtATime(run);
  }

  private static void wastedAttemptsHadTheirInputs(Scenario scenario, RunResult run) {
    Map<Integer, PlacedTask> done = new HashMap<>();
    run.tasks().forEach(task -> done.put(task.task(), task));
    for (WastedAttempt attempt : run.wasted()) {
      int[] parents = scenario.problem().parents()[attempt.task()];
      for (int i = 0; i < parents.length; i++) {
        PlacedTask parent = done.get(parents[i]);
        boolean near = parent.device().id().equals(attempt.device().id());
        double transfer = near ? 0 : scenario.transferSeconds()[attempt.task()][i];
        assertTrue(
            attempt.startSeconds() >= parent.finishSeconds() + transfer - ROUNDING,
            () -> attempt + " started before the data of " + parent + " was there");
      }
    }
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

  /** A time that a slot is taken. */
  private record Taken(Fleet.Device device, int slot, double from, double to) {}

  private static void slotsRunOneAtATime(RunResult run) {
    Map<String, List<Taken>> slots = new HashMap<>();
    for (PlacedTask task : run.tasks()) {
      add(slots, new Taken(task.device(), task.slot(), task.startSeconds(), task.finishSeconds()));
    }
    for (WastedAttempt attempt : run.wasted()) {
      add(
          slots,
          new Taken(
              attempt.device(), attempt.slot(), attempt.startSeconds(), attempt.endSeconds()));
    }
    for (List<Taken> taken : slots.values()) {
      taken.sort(Comparator.comparingDouble(Taken::from).thenComparingDouble(Taken::to));
      for (int i = 1; i < taken.size(); i++) {
        Taken before = taken.get(i - 1);
        Taken after = taken.get(i);
        assertTrue(after.from() >= before.to(), () -> before + " overlaps " + after);
      }
    }
  }

  private static void add(Map<String, List<Taken>> slots, Taken taken) {
    assertTrue(taken.slot() >= 0 && taken.slot() < taken.device().slots(), taken::toString);
    assertTrue(taken.to() >= taken.from(), taken::toString);
    slots
        .computeIfAbsent(taken.device().id() + " " + taken.slot(), slot -> new ArrayList<>())
        .add(taken);
  }
}
