package io.signalbox.simulator.run;

import static io.signalbox.simulator.run.Scenarios.fleet;
import static io.signalbox.simulator.run.Scenarios.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.JobHeader;
import io.signalbox.core.placement.Placements;
import io.signalbox.simulator.report.Reports;
import io.signalbox.simulator.report.SimulationReport;
import io.signalbox.simulator.scenario.Arrivals;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.JobPlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static List<JobPlan> jobs(int count, double work, Double deadline) {
    List<JobPlan> jobs = new ArrayList<>();
    for (int job = 0; job < count; job++) {
      jobs.add(new JobPlan("job-" + job, JobHeader.DEFAULT, List.of(task("a", work)), deadline));
    }
    return jobs;
  }

  @Test
  void aJobStartsWhenItArrivesAndItsWaitCountsFromThen() {
    Scenario scenario = Scenarios.of(fleet("gpu-1"), jobs(3, 16, 3.0), Arrivals.at(0, 1, 10));
    for (String policy : Placements.names()) {
      RunResult run = Simulation.run(scenario, Disturbance.NONE, policy, 1);
      ScheduleCheck.check(scenario, run);
      assertEquals(
          List.of(0.0, 1.0, 10.0),
          run.tasks().stream().map(PlacedTask::readySeconds).toList(),
          policy);
      assertEquals(
          List.of(0.0, 2.0, 10.0),
          run.tasks().stream().map(PlacedTask::startSeconds).toList(),
          policy);
      // Deadlines count from arrival: the second job takes exactly its 3 seconds.
      assertEquals(0, run.deadlineMisses(), policy);
      SimulationReport report = Reports.of(scenario, run);
      assertEquals(12, report.makespanSeconds(), 1e-9, policy);
      assertEquals(12, report.lowerBoundSeconds(), 1e-9, policy);
      assertEquals(1 / 3.0, report.meanWaitSeconds(), 1e-9, policy);
    }
  }

  @Test
  void theBoundTakesWhatIsStillToComeTogether() {
    // Eight jobs of 2 s each arrive at once after a quiet time.
    double[] times = {0, 100, 100, 100, 100, 100, 100, 100, 100};
    Scenario scenario = Scenarios.of(fleet("gpu-1"), jobs(9, 16, null), Arrivals.at(times));
    assertEquals(116, scenario.lowerBoundSeconds(), 1e-6);
    assertEquals(18, scenario.bound().seconds(), 1e-6);
  }

  @Test
  void staticPlansKnowWhenJobsWillArrive() {
    // b, which is long, arrives at 1 on the device that a would keep busy until 4.
    List<JobPlan> jobs =
        List.of(
            new JobPlan("x", JobHeader.DEFAULT, List.of(task("a", 32))),
            new JobPlan("y", JobHeader.DEFAULT, List.of(task("b", 80))));
    Scenario scenario = Scenarios.of(fleet("gpu-1", "npu-1"), jobs, Arrivals.at(0, 1));
    RunResult run = Simulation.run(scenario, Disturbance.NONE, "heft", 1);
    ScheduleCheck.check(scenario, run);
    assertTrue(run.makespanSeconds() <= 14 + 1e-9, () -> "" + run.tasks());
  }

  @Test
  void poissonArrivalsHaveTheirRateAndTheirSeed() {
    Arrivals arrivals = Arrivals.poisson(4, 40_000, 7);
    assertEquals(0, arrivals.seconds(0));
    assertEquals(10_000, arrivals.seconds(39_999), 300);
    assertEquals(arrivals.seconds(17), Arrivals.poisson(4, 18, 7).seconds(17));
    assertThrows(IllegalArgumentException.class, () -> Arrivals.poisson(0, 3, 7));
    assertThrows(IllegalArgumentException.class, () -> Arrivals.poisson(Double.NaN, 3, 7));
    assertThrows(IllegalArgumentException.class, () -> Arrivals.at(0, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> Arrivals.at(-1));
  }

  @Test
  void everyJobHasAnArrival() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Scenarios.of(fleet("gpu-1"), jobs(3, 16, null), Arrivals.at(0, 1)));
  }
}
