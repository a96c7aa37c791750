package io.signalbox.simulator.run;

import static io.signalbox.simulator.run.Scenarios.fleet;
import static io.signalbox.simulator.run.Scenarios.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.TaskRef;
import io.signalbox.simulator.policy.Policies;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TaskWatchTest {
  private static TaskWatch watched(Scenario scenario, String policy, String task) {
    TaskWatch watch = new TaskWatch(new TaskRef("job", task));
    Simulation.run(scenario, Disturbance.NONE, policy, 1, watch);
    return watch;
  }

  @Test
  void waitAndPlacementAndEndAreTold() {
    Scenario scenario = Scenarios.of(fleet("gpu-1", "cpu-1"), task("a", 72), task("b", 80));
    List<TaskWatch.Moment> moments = watched(scenario, "late", "a").moments();
    assertEquals(
        List.of(TaskWatch.Event.WAITS, TaskWatch.Event.PLACED, TaskWatch.Event.DONE),
        moments.stream().map(TaskWatch.Moment::event).toList());
    assertEquals(
        List.of(0.0, 10.0, 19.0), moments.stream().map(TaskWatch.Moment::atSeconds).toList());
    assertEquals(
        List.of(
            "Task 'job/a' became ready just now and waits for a device.",
            "A slot of gpu-1 (gpu) is reserved for it, to start in 10 s: it should be done there in"
                + " 19 s, sooner than on any free device.",
            "The devices that it may run on:",
            "- gpu: 1 full; gpu-1 should be free in 10 s and would need 9 s",
            "- cpu: 1 free; cpu-1 is free now and would need 72 s",
            "With enough devices its start may come 1 s later without the job taking longer; from"
                + " its start to the end of the job it takes at least 9 s.",
            "It starts when gpu-1 has a free slot, which should be in 10 s."),
        moments.get(0).text());
    assertEquals(
        List.of(
            "Task 'job/a' has just started on gpu-1 (gpu) (attempt 1), predicted to take 9 s and to"
                + " be done in 9 s.",
            "The policy late chose gpu-1 just now, the best score of 2:",
            "- gpu-1 (gpu): starts at once, takes 9 s, is done after 9 s; score 9.00",
            "- cpu-1 (cpu): starts at once, takes 72 s, is done after 72 s; score 72.00"),
        moments.get(1).text().subList(0, 4));
    assertEquals(
        List.of(
            "Task 'job/a' is done on gpu-1, on attempt 1: it started 10.0 s after it was ready and"
                + " ran for 9.0 s."),
        moments.get(2).text());
  }

  @Test
  void taskThatIsPlacedAtOnceDoesNotWait() {
    Scenario scenario = Scenarios.of(fleet("gpu-1"), task("a", 8), task("b", 8, "a"));
    assertEquals(
        List.of(TaskWatch.Event.PLACED, TaskWatch.Event.DONE),
        watched(scenario, "fifo", "b").moments().stream().map(TaskWatch.Moment::event).toList());
  }

  @Test
  void watchingChangesNothing() {
    long seed = 20_261_124;
    for (String policy : Policies.names()) {
      Scenario scenario = Scenarios.random(new Random(seed));
      List<TaskRef> tasks = scenario.problem().tasks();
      TaskWatch watch = new TaskWatch(tasks.get(tasks.size() / 2));
      RunResult alone = Simulation.run(scenario, Disturbance.NONE, policy, 1);
      RunResult watched = Simulation.run(scenario, Disturbance.NONE, policy, 1, watch);
      assertEquals(alone.tasks(), watched.tasks(), policy);
      assertTrue(watch.moments().size() >= 2, policy);
    }
  }

  @Test
  void taskThatIsNotThereIsAnError() {
    Scenario scenario = Scenarios.of(fleet("gpu-1"), task("a", 8));
    String error =
        assertThrows(IllegalArgumentException.class, () -> watched(scenario, "fifo", "x"))
            .getMessage();
    assertEquals("workflow 'by hand' has no task 'job/x'", error);
  }
}
