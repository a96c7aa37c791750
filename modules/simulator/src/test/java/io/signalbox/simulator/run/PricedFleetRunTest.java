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
import java.util.Arrays;
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

  /** 100 tasks end or come between prices, or 20. */
  private static final double USUAL = 0.25;

  private static final double OFTEN = 0.05;

  /** Each alone says nothing: one decision made otherwise, and jobs end sooner or later. */
  private static final int STREAMS = 24;

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

  /** ln(response) of each stream. */
  private static double[] logs(double share) {
    double[] logs = new double[STREAMS];
    for (int number = 0; number < STREAMS; number++) {
      Disturbance noisy = new Disturbance(0.3, 0.02, 5, List.of());
      Disturbance disturbance = number % 4 < 2 ? Disturbance.NONE : noisy;
      logs[number] = Math.log(response(scenario(number), disturbance, share));
    }
    return logs;
  }

  /** What is found fails the test when it is more than two standard errors beyond 2 %. */
  @Test
  void pricesAreFoundOftenEnough() {
    double[] usual = logs(USUAL);
    double[] often = logs(OFTEN);
    double[] more = new double[STREAMS];
    Arrays.setAll(more, number -> usual[number] - often[number]);
    double mean = Arrays.stream(more).average().orElseThrow();
    double squares = Arrays.stream(more).map(each -> (each - mean) * (each - mean)).sum();
    double error = Math.sqrt(squares / (STREAMS - 1) / STREAMS);
    String found =
        "prices after 100 tasks instead of 20: a job's mean response is %.1f %% ± %.1f %% longer"
            .formatted(100 * mean, 100 * error);
    if (FIGURES) {
      System.out.println(found);
    }
    assertTrue(mean - 2 * error <= Math.log(1.02), found);
  }
}
