package io.signalbox.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.admission.FleetLoad;
import io.signalbox.core.admission.JobLoad;
import io.signalbox.core.admission.TypedBound;
import io.signalbox.core.placement.Placements;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.JobPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The typed bound of jobs that are there from the start, against the pool itself. */
class TypedBoundPoolPropertyTest {
  private static final int CASES = 300;
  // Set signalbox.seed to replay the one case whose seed a failure names.
  private static final Integer REPLAY = Integer.getInteger("signalbox.seed");

  @Test
  void noJobTakesLongerInThePoolThanItsBound() {
    int from = REPLAY == null ? 0 : REPLAY;
    int to = REPLAY == null ? CASES : from + 1;
    List<String> exceeded = new ArrayList<>();
    for (int seed = from; seed < to; seed++) {
      Scenario scenario = Scenarios.random(new Random(seed));
      double[] bounds = bounds(scenario);
      for (String policy : Placements.names()) {
        double[] ends = ends(scenario, Simulation.run(scenario, Disturbance.NONE, policy, seed));
        for (int job = 0; job < ends.length; job++) {
          if (ends[job] > bounds[job] * (1 + 1e-9)) {
            exceeded.add(
                "%s: %s > %s; replay with -Dsignalbox.seed=%d"
                    .formatted(policy, ends[job], bounds[job], seed));
          }
        }
      }
    }
    assertEquals(List.of(), exceeded);
  }

  private static double[] ends(Scenario scenario, RunResult run) {
    Map<String, Integer> numbers = new HashMap<>();
    for (JobPlan plan : scenario.workload().jobs()) {
      numbers.put(plan.job(), numbers.size());
    }
    double[] ends = new double[numbers.size()];
    for (PlacedTask task : run.tasks()) {
      int job = numbers.get(scenario.problem().tasks().get(task.task()).job());
      ends[job] = Math.max(ends[job], task.finishSeconds());
    }
    return ends;
  }

  private static double[] bounds(Scenario scenario) {
    int[] slots = scenario.problem().slots();
    List<String> classes = IntStream.range(0, slots.length).mapToObj(k -> "class-" + k).toList();
    int[] now = FleetLoad.idle(classes, slots).slotsByClass();
    List<JobLoad> loads = loads(scenario);
    double volume = loads.stream().mapToDouble(load -> TypedBound.volume(load, now)).sum();
    return loads.stream()
        .mapToDouble(load -> TypedBound.seconds(load, now, volume - TypedBound.volume(load, now)))
        .toArray();
  }

  private static List<JobLoad> loads(Scenario scenario) {
    List<JobLoad> loads = new ArrayList<>();
    int first = 0;
    for (JobPlan plan : scenario.workload().jobs()) {
      int offset = first;
      int size = plan.tasks().size();
      int[][] parents = new int[size][];
      for (int task = 0; task < size; task++) {
        parents[task] =
            Arrays.stream(scenario.problem().parents()[offset + task])
                .map(parent -> parent - offset)
                .toArray();
      }
      loads.add(
          new JobLoad(
              plan.job(),
              Double.POSITIVE_INFINITY,
              scenario.problem().slots().length,
              (task, k, care) -> scenario.problem().secondsByTaskAndClass()[offset + task][k],
              parents,
              Arrays.copyOfRange(scenario.transferSeconds(), offset, offset + size)));
      first += size;
    }
    return loads;
  }
}
