package io.signalbox.simulator.run;

import static io.signalbox.simulator.run.Scenarios.dependencies;
import static io.signalbox.simulator.run.Scenarios.fleet;
import static io.signalbox.simulator.run.Scenarios.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.policy.Policies;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.JobPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static RunResult run(Scenario scenario, String policy) {
    RunResult run = Simulation.run(scenario, Disturbance.NONE, policy, 1);
    ScheduleCheck.check(scenario, run);
    return run;
  }

  /** Where each task ran and from when to when, by its name. */
  private static Map<String, String> placements(Scenario scenario, RunResult run) {
    return run.tasks().stream()
        .collect(
            Collectors.toMap(
                task -> scenario.problem().tasks().get(task.task()).task(),
                task ->
                    "%s %.1f-%.1f"
                        .formatted(task.device().id(), task.startSeconds(), task.finishSeconds())));
  }

  @Test
  void dataTakesItsTimeToAnotherDeviceAndNoneToTheSame() {
    TaskSpec here = task("b", "op", 8, List.of("gpu"), dependencies(4, "a"));
    TaskSpec there = task("c", "op", 4, List.of("cpu"), dependencies(4, "a"));
    Scenario scenario =
        Scenarios.of(
            fleet("gpu-1", "cpu-1"), task("a", "op", 8, List.of("gpu"), List.of()), here, there);
    assertEquals(
        Map.of("a", "gpu-1 0.0-1.0", "b", "gpu-1 1.0-2.0", "c", "cpu-1 6.0-10.0"),
        placements(scenario, run(scenario, "fifo")));
  }

  @Test
  void firstInFirstOutTakesTheFirstIdleDeviceHoweverSlow() {
    Scenario scenario = Scenarios.of(fleet("gpu-1", "cpu-1"), task("a", 8), task("b", 80));
    assertEquals(
        Map.of("a", "gpu-1 0.0-1.0", "b", "cpu-1 0.0-80.0"),
        placements(scenario, run(scenario, "fifo")));
  }

  @Test
  void lateBindingStartsTheLongestPathFirstAndWaitsForABusyDeviceThatIsFaster() {
    Scenario scenario = Scenarios.of(fleet("gpu-1", "cpu-1"), task("a", 8), task("b", 80));
    assertEquals(
        Map.of("a", "cpu-1 0.0-8.0", "b", "gpu-1 0.0-10.0"),
        placements(scenario, run(scenario, "late")));
    Scenario two = Scenarios.of(fleet("gpu-1", "cpu-1"), task("a", 72), task("b", 80));
    assertEquals(
        Map.of("a", "gpu-1 10.0-19.0", "b", "gpu-1 0.0-10.0"), placements(two, run(two, "late")));
  }

  @Test
  void minMinTakesTheShortestFirst() {
    Scenario scenario = Scenarios.of(fleet("gpu-1"), task("a", 80), task("b", 8), task("c", 16));
    assertEquals(
        Map.of("b", "gpu-1 0.0-1.0", "c", "gpu-1 1.0-3.0", "a", "gpu-1 3.0-13.0"),
        placements(scenario, run(scenario, "min-min")));
  }

  @Test
  void dmdasBindsWhatIsReadyAtOnceAndKeepsToIt() {
    // b finishes first behind a on the GPU; c, bound last, would have to wait for both there.
    Scenario scenario =
        Scenarios.of(fleet("gpu-1", "cpu-1"), task("a", 32), task("b", 8), task("c", 6));
    assertEquals(
        Map.of("a", "gpu-1 0.0-4.0", "b", "gpu-1 4.0-5.0", "c", "gpu-1 5.0-5.8"),
        placements(scenario, run(scenario, "dmdas")));
    Scenario longer =
        Scenarios.of(fleet("gpu-1", "cpu-1"), task("a", 32), task("b", 8), task("c", 5));
    assertEquals("cpu-1 0.0-5.0", placements(longer, run(longer, "dmdas")).get("c"));
  }

  @Test
  void heteroPrioGivesEachClassWhatItGainsMostFrom() {
    // text is 2 times faster on the GPU than on the CPU, image 8 times, io half as fast.
    Scenario scenario =
        Scenarios.of(
            fleet("cpu-1", "gpu-1"),
            task("a", "text", 16, List.of(), List.of()),
            task("b", "image", 16, List.of(), List.of()),
            task("c", "io", 16, List.of(), List.of()));
    assertEquals(
        Map.of("b", "gpu-1 0.0-2.0", "c", "cpu-1 0.0-16.0", "a", "gpu-1 2.0-10.0"),
        placements(scenario, run(scenario, "heteroprio")));
  }

  @Test
  void staticPlansAreFollowedDeviceByDeviceWhateverHappens() {
    Scenario scenario =
        Scenarios.of(
            fleet("gpu-1", "gpu-2"), task("a", 80), task("b", 8), task("c", 8, "b"), task("d", 16));
    Map<String, String> exact = placements(scenario, run(scenario, "heft"));
    RunResult late = Simulation.run(scenario, new Disturbance(1, 0, 1), "heft", 3);
    ScheduleCheck.check(scenario, late);
    Map<String, String> disturbed = placements(scenario, late);
    exact.forEach((task, placed) ->
        assertEquals(placed.split(" ")[0], disturbed.get(task).split(" ")[0], task));
  }

  @Test
  void slotsOfADeviceRunSideBySide() {
    Scenario scenario =
        Scenarios.of(fleet("cpu-1:2"), task("a", 3), task("b", 3), task("c", 2, "a", "b"));
    for (String policy : Policies.names()) {
      assertEquals(5, run(scenario, policy).makespanSeconds(), 1e-9, policy);
    }
  }

  @Test
  void noiseHasMeanOneAndIsTheSameUnderEveryPolicy() {
    Disturbance noise = new Disturbance(0.5, 0, 1);
    double sum = 0;
    for (int task = 0; task < 20_000; task++) {
      sum += noise.factor(7, task, 1);
    }
    assertEquals(1, sum / 20_000, 0.02);
    Scenario scenario = Scenarios.of(fleet("gpu-1"), task("a", 8), task("b", 16));
    List<Double> lengths = new ArrayList<>();
    for (String policy : Policies.names()) {
      RunResult run = Simulation.run(scenario, noise, policy, 7);
      PlacedTask a =
          run.tasks().stream().filter(task -> task.task() == 0).findFirst().orElseThrow();
      lengths.add(a.finishSeconds() - a.startSeconds());
    }
    lengths.forEach(length -> assertEquals(lengths.getFirst(), length, 1e-9));
    assertNotEquals(1, lengths.getFirst(), 1e-6);
  }

  @Test
  void stragglersTakeSoManyTimesAsLong() {
    Scenario scenario = Scenarios.of(fleet("gpu-1"), task("a", 8));
    RunResult run = Simulation.run(scenario, new Disturbance(0, 1, 5), "fifo", 1);
    assertEquals(5, run.makespanSeconds(), 1e-9);
  }

  @Test
  void jobsDoneAfterTheirDeadlineAreCounted() {
    JobPlan missed = new JobPlan("missed", JobHeader.DEFAULT, List.of(task("a", 16)), 1.9);
    JobPlan met = new JobPlan("met", JobHeader.DEFAULT, List.of(task("a", 8)), 30.0);
    RunResult run = run(Scenarios.of(fleet("gpu-1"), List.of(missed, met)), "late");
    assertEquals(1, run.deadlineMisses());
  }

  @Test
  void unknownPolicyOrClassIsAnErrorThatListsTheKnownOnes() {
    Scenario scenario = Scenarios.of(fleet("gpu-1"), task("a", 8));
    String policy =
        assertThrows(IllegalArgumentException.class, () -> run(scenario, "best")).getMessage();
    assertTrue(policy.contains("'best'") && policy.contains("heft, cpop, peft"), policy);
    String unknown =
        assertThrows(
                IllegalArgumentException.class, () -> Scenarios.of(fleet("tpu-1"), task("a", 8)))
            .getMessage();
    assertTrue(unknown.contains("'tpu-1'") && unknown.contains("gpu, npu, cpu"), unknown);
  }
}
