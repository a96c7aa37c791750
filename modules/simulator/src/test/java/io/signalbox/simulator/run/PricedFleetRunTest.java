package io.signalbox.simulator.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.placement.PlacementSettings;
import io.signalbox.simulator.generator.GeneratedWorkload;
import io.signalbox.simulator.generator.Shape;
import io.signalbox.simulator.scenario.Arrivals;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.Speeds;
import io.signalbox.simulator.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Fleets that are too large for a plan: classes' prices are found anew at the first job that comes
 * after so many tasks have ended. With {@code -Dsignalbox.figures=true} it prints what that does to
 * jobs. Takes 25 seconds.
 */
class PricedFleetRunTest {
  private static final boolean FIGURES = Boolean.getBoolean("signalbox.figures");
  private static final int JOBS = 30;
  private static final int TASKS = 200;

  private static final double USUAL = 0.25;

  /** Of six, the mean still went up or down by 3 % by chance. */
  private static final int STREAMS = 24;

  /** 100 tasks end between prices, which is usual, or 20, or 400; those that come count, too. */
  private static final List<Double> SHARES =
      FIGURES ? List.of(USUAL, 0.05, 1.0) : List.of(USUAL, 0.05);

  private static final Fleet FLEET = UnlikeFleet.of(33, 67, 67, 133);

  /** Jobs that come at nine tenths of what the fleet can do; half-way their shape changes. */
  private static Scenario scenario(int number) {
    List<JobPlan> jobs = new ArrayList<>();
    Shape[] shapes = Shape.values();
    for (int i = 0; i < JOBS; i++) {
      Shape shape = shapes[(number + (i < JOBS / 2 ? 0 : 2)) % shapes.length];
      long seed = 9_000 + 100 * number + i;
      jobs.add(
          new GeneratedWorkload(shape, TASKS, seed).workload().jobs().getFirst().named("job-" + i));
    }
    Workload workload = new Workload("arriving", jobs);
    Speeds speeds = UnlikeFleet.speeds();
    Scenario.Knowledge knowledge =
        number % 2 == 0 ? Scenario.Knowledge.GIVEN : Scenario.Knowledge.LEARNED;
    double together =
        new Scenario(workload, FLEET, speeds, UnlikeFleet.CLASSES, knowledge).lowerBoundSeconds();
    Arrivals arrivals = Arrivals.poisson(0.9 * JOBS / together, JOBS, number);
    return new Scenario(workload, arrivals, FLEET, speeds, UnlikeFleet.CLASSES, knowledge);
  }

  /** Mean time from a job's arrival to its end. */
  private static double response(Scenario scenario, Disturbance disturbance, double share) {
    Rules rules =
        Rules.of("plb")
            .with(PlacementSettings.DEFAULT.with(Map.of("plan.replanShare", "" + share)));
    RunResult run = Simulation.run(scenario, disturbance, "plb", rules, 1);
    ScheduleCheck.check(scenario, run);
    Map<String, Double> ends = new TreeMap<>();
    Map<String, Double> arrivals = new TreeMap<>();
    for (PlacedTask task : run.tasks()) {
      String job = scenario.problem().tasks().get(task.task()).job();
      ends.merge(job, task.finishSeconds(), Math::max);
      arrivals.put(job, scenario.arrivalSeconds()[task.task()]);
    }
    double sum = 0;
    for (Map.Entry<String, Double> end : ends.entrySet()) {
      sum += end.getValue() - arrivals.getOrDefault(end.getKey(), 0.0);
    }
    return sum / JOBS;
  }

  @Test
  void pricesAreFoundOftenEnough() {
    Map<Double, Double> means = new TreeMap<>();
    for (double share : SHARES) {
      double logs = 0;
      for (int number = 0; number < STREAMS; number++) {
        Scenario scenario = scenario(number);
        Disturbance noisy = new Disturbance(0.3, 0.02, 5, List.of());
        logs += Math.log(response(scenario, number % 4 < 2 ? Disturbance.NONE : noisy, share));
      }
      means.put(share, Math.exp(logs / STREAMS));
      if (FIGURES) {
        System.out.printf(
            "prices after %.0f tasks: mean response of a job %.3f s%n",
            400 * share, means.get(share));
      }
    }
    double usual = means.getOrDefault(USUAL, Double.NaN);
    double often = means.getOrDefault(0.05, Double.NaN);
    assertTrue(usual <= 1.02 * often, () -> "as usual: " + usual + ", often: " + often);
  }
}
