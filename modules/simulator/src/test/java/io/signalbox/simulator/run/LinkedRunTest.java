package io.signalbox.simulator.run;

import static io.signalbox.simulator.run.Scenarios.fleet;
import static io.signalbox.simulator.run.Scenarios.task;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.placement.PlacementSettings;
import io.signalbox.core.placement.Placements;
import io.signalbox.core.pool.PoolSettings;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Outage;
import io.signalbox.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Runs in which devices take linked offers. */
class LinkedRunTest {
  private static final int SEEDS = Integer.getInteger("signalbox.seeds", 40);
  private static final long FIRST_SEED = Long.getLong("signalbox.seed", 1);

  private static RunResult run(
      Scenario scenario, Disturbance disturbance, int linkedOffers, long seed) {
    RunResult run =
        Simulation.run(
            scenario,
            disturbance,
            Placements.DEFAULT,
            new Rules(
                PlacementSettings.DEFAULT, PoolSettings.Speculation.DEFAULT, linkedOffers, null),
            seed,
            null);
    ScheduleCheck.check(scenario, run);
    return run;
  }

  @Test
  void aChainTakesAsLongAsWithoutLinks() {
    List<TaskSpec> chain = new ArrayList<>();
    chain.add(task("t0", 8));
    for (int i = 1; i < 40; i++) {
      chain.add(task("t" + i, 8, "t" + (i - 1)));
    }
    Scenario scenario =
        Scenarios.of(fleet("gpu-1", "gpu-2", "cpu-1"), chain.toArray(new TaskSpec[0]));
    RunResult linked = run(scenario, Disturbance.NONE, 16, 1);
    assertEquals(
        run(scenario, Disturbance.NONE, 0, 1).makespanSeconds(), linked.makespanSeconds(), 1e-9);
    assertEquals(40, linked.attempts());
    assertEquals(1, linked.tasks().stream().map(each -> each.device().id()).distinct().count());
  }

  @Test
  void whateverIsLinkedOrLostEachTaskIsDoneAfterItsParents() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      try {
        Random random = new Random(seed);
        Scenario scenario = Scenarios.of(fleet("gpu-1", "gpu-2", "cpu-1"), tasks(random));
        Disturbance noisy = new Disturbance(0.3, 0.05, 5);
        run(scenario, noisy, 1 + random.nextInt(16), seed);
        double at = random.nextDouble() * 30;
        List<Outage> outages =
            List.of(new Outage("gpu-1", at, at + 10), new Outage("cpu-1", at + 5));
        run(scenario, noisy.withOutages(outages), 16, seed);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError(
            ("seed %d; replay it with ./mvnw test -pl modules/simulator -Dtest=LinkedRunTest"
                    + " -Dsignalbox.seed=%d -Dsignalbox.seeds=1")
                .formatted(seed, seed),
            failure);
      }
    }
  }

  private static TaskSpec[] tasks(Random random) {
    List<TaskSpec> tasks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Set<String> parents = new TreeSet<>();
      if (i > 0 && random.nextInt(8) > 0) {
        parents.add("t" + (i - 1));
      }
      if (i > 0 && random.nextInt(5) == 0) {
        parents.add("t" + random.nextInt(i));
      }
      tasks.add(task("t" + i, 1 + random.nextInt(10), parents.toArray(new String[0])));
    }
    return tasks.toArray(new TaskSpec[0]);
  }
}
