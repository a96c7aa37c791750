package io.signalbox.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.Admission;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.placement.Placements;
import io.signalbox.simulator.scenario.Arrivals;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Jobs with deadlines that arrive over time and ask for four fifths of what the fleet can do, with
 * exact times. Deadlines lie 1.3 to 6 times the job's lower bound after its arrival. Set
 * signalbox.figures to have the figures printed that docs/ADMISSION.md names.
 */
class AdmissionSimulationTest {
  private static final int JOBS = 250;
  private static final double LOAD = 0.8;
  private static final List<String> OTHERS = List.of("late", "fifo", "min-min", "dmdas");

  private static final Fleet FLEET =
      new Fleet(
          List.of(
              new Fleet.Device("gpu-1", "gpu", 1, 0),
              new Fleet.Device("gpu-2", "gpu", 1, 0),
              new Fleet.Device("gpu-3", "gpu", 1, 0),
              new Fleet.Device("npu-1", "npu", 2, 0),
              new Fleet.Device("npu-2", "npu", 2, 0),
              new Fleet.Device("cpu-1", "cpu", 4, 0),
              new Fleet.Device("cpu-2", "cpu", 4, 0)),
          new Network(1e9, 0.01));

  /** Jobs and when they come. */
  private record Traffic(List<JobPlan> jobs, Arrivals arrivals) {
    static Traffic of(long seed) {
      Random random = new Random(seed);
      List<JobPlan> jobs = new ArrayList<>();
      for (int i = 0; i < JOBS; i++) {
        List<TaskSpec> tasks = tasks(random);
        JobPlan alone = new JobPlan("job-" + i, JobHeader.DEFAULT, tasks);
        double bound = Scenarios.of(FLEET, List.of(alone)).bound().seconds();
        double deadline = bound * (1.3 + 4.7 * random.nextDouble());
        jobs.add(new JobPlan(alone.job(), alone.header(), tasks, deadline));
      }
      double area = Scenarios.of(FLEET, jobs).bound().areaSeconds();
      return new Traffic(jobs, Arrivals.poisson(JOBS * LOAD / area, JOBS, seed));
    }

    RunResult run(Admission admission, String policy) {
      JobHeader header = new JobHeader("default", null, admission, Map.of(), null);
      List<JobPlan> plans =
          jobs.stream()
              .map(job -> new JobPlan(job.job(), header, job.tasks(), job.deadlineAfterSeconds()))
              .toList();
      Scenario scenario = Scenarios.of(FLEET, plans, arrivals);
      return Simulation.run(scenario, Disturbance.NONE, policy, 1);
    }
  }

  private static List<TaskSpec> tasks(Random random) {
    List<TaskSpec> tasks = new ArrayList<>();
    int size = 3 + random.nextInt(18);
    for (int i = 0; i < size; i++) {
      TreeSet<String> parents = new TreeSet<>();
      for (int p = random.nextInt(3); i > 0 && p > 0; p--) {
        parents.add("t" + random.nextInt(i));
      }
      String operation = List.of("image", "text", "io").get(random.nextInt(3));
      tasks.add(
          Scenarios.task(
              "t" + i,
              operation,
              4 + random.nextInt(36),
              random.nextInt(8) == 0 ? List.of("gpu") : List.of(),
              Scenarios.dependencies(random.nextInt(5), parents.toArray(String[]::new))));
    }
    return tasks;
  }

  @Test
  void admittedJobsKeepTheirDeadlinesAndFewAreTurnedAway() {
    int admitted = 0;
    int missed = 0;
    int met = 0;
    int best = 0;
    for (long seed = 1; seed <= 4; seed++) {
      Traffic traffic = Traffic.of(seed);
      RunResult enforced = traffic.run(Admission.ENFORCE, Placements.DEFAULT);
      admitted += JOBS - enforced.rejected().size();
      missed += enforced.deadlineMisses();
      int all = JOBS - traffic.run(Admission.OFF, Placements.DEFAULT).deadlineMisses();
      met += all;
      for (String policy : OTHERS) {
        all = Math.max(all, JOBS - traffic.run(Admission.OFF, policy).deadlineMisses());
      }
      best += all;
    }
    String figures =
        ("of %d jobs %d admitted, %d of them late; without admission %d in time,"
                + " with the best policy for each seed %d")
            .formatted(4 * JOBS, admitted, missed, met, best);
    if (Boolean.getBoolean("signalbox.figures")) {
      System.out.println(figures);
    }
    assertTrue(missed <= 0.01 * admitted, figures);
    assertTrue(admitted - missed >= 0.9 * best, figures);
  }

  @Test
  void rejectedJobsAreCountedAndTheRestRuns() {
    JobHeader header = new JobHeader("default", null, Admission.ENFORCE, Map.of(), null);
    JobPlan never =
        new JobPlan("never", header, List.of(Scenarios.task("a", 80, new String[0])), 1.0);
    JobPlan fine =
        new JobPlan("fine", header, List.of(Scenarios.task("a", 8, new String[0])), 60.0);
    RunResult run =
        Simulation.run(
            Scenarios.of(FLEET, List.of(never, fine)), Disturbance.NONE, Placements.DEFAULT, 1);
    assertEquals(List.of("never"), run.rejected());
    assertEquals(1, run.tasks().size());
    assertEquals(0, run.deadlineMisses());
  }
}
