package io.signalbox.simulator.run;

import static io.signalbox.simulator.run.Scenarios.fleet;
import static io.signalbox.simulator.run.Scenarios.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.policy.Policies;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Outage;
import io.signalbox.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {
  private static RunResult run(Scenario scenario, String policy, Outage... outages) {
    RunResult run =
        Simulation.run(scenario, Disturbance.NONE.withOutages(List.of(outages)), policy, 1);
    ScheduleCheck.check(scenario, run);
    return run;
  }

  @Test
  void whatALostDeviceRanRunsElsewhereWhenItsLeaseIsOver() {
    Scenario scenario = Scenarios.of(fleet("gpu-1", "cpu-1"), task("a", 80));
    RunResult run = run(scenario, "late", new Outage("gpu-1", 4));
    PlacedTask a = run.tasks().getFirst();
    assertEquals("cpu-1", a.device().id());
    assertTrue(a.startSeconds() > 7 && a.startSeconds() < 7.5, a::toString);
    assertEquals(2, run.attempts());
    assertEquals(0, run.copies());
    WastedAttempt lost = run.wasted().getFirst();
    assertEquals(WastedAttempt.End.LOST, lost.end());
    assertEquals(0, lost.startSeconds(), 1e-9);
    assertEquals(4, lost.endSeconds(), 1e-9);
  }

  @Test
  void aDeviceThatComesBackAtOnceTakesItsTaskAgainAtOnce() {
    Scenario scenario = Scenarios.of(fleet("gpu-1"), task("a", 80));
    PlacedTask a = run(scenario, "fifo", new Outage("gpu-1", 4, 5)).tasks().getFirst();
    assertEquals(5, a.startSeconds(), 1e-9);
    assertEquals(15, a.finishSeconds(), 1e-9);
  }

  @Test
  void aDeviceThatComesBackLateIsWaitedForWhereThereIsNoOther() {
    Scenario scenario = Scenarios.of(fleet("gpu-1"), task("a", 80), task("b", 8));
    RunResult run =
        run(scenario, "fifo", new Outage("gpu-1", 4, 1_000), new Outage("gpu-1", 1_002, 2_000));
    // b, which waited all the time, goes first.
    assertEquals(2_010, run.makespanSeconds(), 1e-9);
    assertEquals(2, run.wasted().size());
  }

  @Test
  void anOfferToASilentDeviceIsMadeAgainElsewhere() {
    // a ends on the CPU while the GPU has been silent for a second: b is offered to it in vain.
    Scenario scenario =
        Scenarios.of(
            fleet("gpu-1", "cpu-1"),
            task("a", "op", 10, List.of("cpu"), List.of()),
            task("b", "op", 80, List.of(), Scenarios.dependencies(0, "a")));
    PlacedTask b = run(scenario, "late", new Outage("gpu-1", 9)).tasks().getLast();
    assertEquals("cpu-1", b.device().id());
    assertTrue(b.startSeconds() < 20, b::toString);
  }

  @Test
  void losingADeviceThatIsIdleCostsNothing() {
    Scenario scenario = Scenarios.of(fleet("gpu-1", "cpu-1"), task("a", 80));
    RunResult run = run(scenario, "late", new Outage("cpu-1", 2, 3), new Outage("cpu-1", 5));
    assertEquals(10, run.makespanSeconds(), 1e-9);
    assertEquals(List.of(), run.wasted());
  }

  @Test
  void everyPolicyComesToItsEndWhenAllButOneDeviceAreLost() {
    Scenario scenario =
        Scenarios.of(
            fleet("gpu-1", "gpu-2:2", "cpu-1"),
            task("a", 80),
            task("b", 40, "a"),
            task("c", 40, "a"),
            task("d", 16, "b", "c"),
            task("e", 24));
    for (String policy : Policies.names()) {
      run(scenario, policy, new Outage("gpu-1", 3), new Outage("gpu-2", 6));
    }
  }

  @Test
  void aZoneThatIsCutOffForTenSecondsLosesNoTask() {
    List<TaskSpec> tasks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      tasks.add(i < 20 ? task("t" + i, 16) : task("t" + i, 16, "t" + (i - 20)));
    }
    Scenario scenario =
        Scenarios.of(fleet("gpu-1", "gpu-2", "npu-1", "npu-2"), tasks.toArray(TaskSpec[]::new));
    for (String policy : Policies.names()) {
      RunResult run = run(scenario, policy, new Outage("gpu-2", 3, 13), new Outage("npu-2", 3, 13));
      assertEquals(40, run.tasks().size(), policy);
    }
  }

  @Test
  void whatNoDeviceIsLeftForIsAnErrorThatNamesThePolicy() {
    Scenario scenario = Scenarios.of(fleet("gpu-1"), task("a", 80));
    String message =
        assertThrows(StuckException.class, () -> run(scenario, "fifo", new Outage("gpu-1", 4)))
            .getMessage();
    assertTrue(message.contains("'fifo'") && message.contains("1 of 1 tasks"), message);
  }

  @Test
  void aDeviceThatIsNotThereCannotBeLost() {
    Scenario scenario = Scenarios.of(fleet("gpu-1"), task("a", 80));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> run(scenario, "fifo", new Outage("gpu-9", 4)))
            .getMessage();
    assertTrue(message.contains("'gpu-9'") && message.contains("gpu-1"), message);
  }

  @Test
  void outagesThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Outage("gpu-1", -1));
    assertThrows(IllegalArgumentException.class, () -> new Outage("gpu-1", Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Outage("gpu-1", 4, 4));
    List<Outage> twice = List.of(new Outage("gpu-1", 4), new Outage("gpu-1", 9, 10));
    assertThrows(IllegalArgumentException.class, () -> Disturbance.NONE.withOutages(twice));
  }
}
