package io.signalbox.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.pool.PoolSettings.Speculation;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Copies of stragglers in whole runs. */
class SpeculationRunTest {
  private static final int SEEDS = 80;
  private static final long FIRST = Long.getLong("signalbox.seed", 1);
  private static final Disturbance STRAGGLERS = new Disturbance(0.3, 0.05, 5);

  private static RunResult run(long seed, Disturbance disturbance, Speculation speculation) {
    Scenario scenario = Scenarios.random(new Random(seed));
    return Simulation.run(scenario, disturbance, "late", speculation, seed);
  }

  @Test
  void copiesShortenRunsWithStragglers() {
    double logRatios = 0;
    int copies = 0;
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      RunResult with = run(seed, STRAGGLERS, Speculation.DEFAULT);
      RunResult without = run(seed, STRAGGLERS, Speculation.OFF);
      assertEquals(0, without.copies(), "seed " + seed);
      logRatios += Math.log(with.makespanSeconds() / without.makespanSeconds());
      copies += with.copies();
    }
    double shortened = Math.exp(logRatios / SEEDS);
    int made = copies;
    assertTrue(
        shortened < 0.97, () -> "makespans are %.3f with %d copies".formatted(shortened, made));
  }

  @Test
  void copiesKeepToTheirBudgetAndEveryTaskIsDoneOnce() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      RunResult run = run(seed, STRAGGLERS, Speculation.DEFAULT);
      String replay = "-Dsignalbox.seed=" + seed;
      assertEquals(
          run.tasks().size(),
          run.tasks().stream().mapToInt(PlacedTask::task).distinct().count(),
          replay);
      List<double[]> copies = new ArrayList<>();
      run.tasks().stream()
          .filter(PlacedTask::copy)
          .forEach(task -> copies.add(new double[] {task.startSeconds(), task.finishSeconds()}));
      run.wasted().stream()
          .filter(WastedAttempt::copy)
          .forEach(task -> copies.add(new double[] {task.startSeconds(), task.endSeconds()}));
      // At most nine devices: one copy at a time.
      copies.sort((left, right) -> Double.compare(left[0], right[0]));
      for (int i = 1; i < copies.size(); i++) {
        assertTrue(copies.get(i - 1)[1] <= copies.get(i)[0] + 1e-9, replay);
      }
    }
  }

  @Test
  void nothingIsCopiedWhereAllGoesAsPredicted() {
    for (long seed = FIRST; seed < FIRST + 20; seed++) {
      RunResult with = run(seed, Disturbance.NONE, Speculation.DEFAULT);
      assertEquals(0, with.copies(), "-Dsignalbox.seed=" + seed);
    }
  }
}
