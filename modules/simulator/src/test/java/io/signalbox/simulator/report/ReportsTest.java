package io.signalbox.simulator.report;

import static io.signalbox.simulator.run.Scenarios.fleet;
import static io.signalbox.simulator.run.Scenarios.task;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.simulator.run.Scenarios;
import io.signalbox.simulator.run.Simulation;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportsTest {
  @Test
  void everyFigureFollowsFromTheSchedule() {
    // a and b run at once on the CPU's two slots, c alone behind b.
    Scenario scenario =
        Scenarios.of(fleet("cpu-1:2"), task("a", 2), task("b", 4), task("c", 4, "b"));
    SimulationReport report =
        Reports.of(scenario, Simulation.run(scenario, Disturbance.NONE, "fifo", 9));
    assertEquals("by hand", report.workflow());
    assertEquals("fifo", report.policy());
    assertEquals(9, report.seed());
    assertEquals(3, report.tasks());
    assertEquals(8, report.makespanSeconds(), 1e-9);
    assertEquals(8, report.lowerBoundSeconds(), 1e-9);
    assertEquals(1, report.ratio(), 1e-9);
    assertEquals(10 / 3.0, report.meanResponseSeconds(), 1e-9);
    assertEquals(0, report.meanWaitSeconds(), 1e-9);
    assertEquals(Map.of("cpu", 10 / 16.0), report.utilisation());
    // 40 W for 8 s, and 60 W more for the half of the device that each of 10 slot seconds is.
    assertEquals(40 * 8 + 60 * 5, report.energyJoules(), 1e-9);
    assertEquals(3, report.attempts());
    assertEquals(0, report.copies());
    assertEquals(3, report.decisions());
  }

  @Test
  void waitingCountsFromTheLastParentsEnd() {
    Scenario scenario = Scenarios.of(fleet("gpu-1"), task("a", 8), task("b", 16));
    SimulationReport report =
        Reports.of(scenario, Simulation.run(scenario, Disturbance.NONE, "fifo", 1));
    assertEquals(0.5, report.meanWaitSeconds(), 1e-9);
    assertEquals(2, report.meanResponseSeconds(), 1e-9);
  }

  @Test
  void policiesAreComparedByTheGeometricMeanOfTheirRatios() {
    Scenario idle = Scenarios.of(fleet("gpu-1", "cpu-1"), task("a", 8));
    Scenario slow = Scenarios.of(fleet("cpu-1", "gpu-1"), task("a", 8));
    List<SimulationReport> reports =
        List.of(
            Reports.of(idle, Simulation.run(idle, Disturbance.NONE, "fifo", 1)),
            Reports.of(slow, Simulation.run(slow, Disturbance.NONE, "fifo", 1)));
    Map<String, Double> means = Reports.meanRatios(reports);
    assertEquals(List.of("fifo"), List.copyOf(means.keySet()));
    assertEquals(Math.sqrt(8), means.get("fifo"), 1e-9);
  }
}
