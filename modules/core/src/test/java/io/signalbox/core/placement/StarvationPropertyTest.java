package io.signalbox.core.placement;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.fairness.FairnessSettings;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.priority.PrioritySettings;
import io.signalbox.core.priority.PriorityWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * A stream of urgent short tasks that never ends, and a task of the same tenant that is the least
 * urgent of all: it starts within the bound that {@link PrioritySettings} names.
 */
class StarvationPropertyTest {
  private static final int SEEDS = Integer.getInteger("signalbox.seeds", 15);
  private static final long FIRST_SEED = Long.getLong("signalbox.seed", 1);
  private static final double AGING_SECONDS = 20;
  private static final double BOUND = 4 * AGING_SECONDS;
  private static final double LONGEST = 3;
  private static final PriorityWeights WITHOUT_AGING = new PriorityWeights(1, 1, 0, 0, 0, 0);

  /** How long the old task waited. */
  private static double wait(PriorityWeights weights, long seed) {
    Random random = new Random(seed);
    VirtualPool pool =
        new VirtualPool(FairnessSettings.DEFAULT, weights, AGING_SECONDS)
            .devices("gpu", 1 + random.nextInt(3))
            .devices("cpu", 1 + random.nextInt(3));
    int jobs = stream(pool, random, 0);
    pool.step(0);
    jobs = stream(pool, random, jobs);
    double from = pool.now();
    pool.submit("old", "tenant", List.of(task("old", 0.1)));
    while (pool.now() < from + 2 * BOUND) {
      pool.step(from + 2 * BOUND);
      for (VirtualPool.Run run : pool.runs()) {
        if (run.job().equals("old")) {
          return run.at() - from;
        }
      }
      jobs = stream(pool, random, jobs);
    }
    return Double.POSITIVE_INFINITY;
  }

  private static int stream(VirtualPool pool, Random random, int jobs) {
    int next = jobs;
    while (pool.waiting("tenant") < 3 * pool.slots()) {
      List<TaskSpec> tasks = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        tasks.add(task("t" + i, 1 + (LONGEST - 1) * random.nextDouble()));
      }
      pool.submit("urgent-" + next++, "tenant", tasks);
    }
    return next;
  }

  private static TaskSpec task(String id, double seconds) {
    return VirtualPool.task(id, "op", seconds, Map.of("gpu", 1.0, "cpu", 1.0));
  }

  private static void forSeeds(ToDoubleFunction<Long> wait, double least) {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      double waited = wait.applyAsDouble(seed);
      String figures =
          ("seed %d: waited %.1f s; replay it with ./mvnw test -pl modules/core"
                  + " -Dtest=StarvationPropertyTest -Dsignalbox.seed=%d -Dsignalbox.seeds=1")
              .formatted(seed, waited, seed);
      if (Boolean.getBoolean("signalbox.figures")) {
        System.out.println(figures);
      }
      assertTrue(waited >= least && waited <= BOUND + LONGEST, figures);
    }
  }

  @Test
  void whatNobodyWantsStartsWithinTheBoundAllTheSame() {
    forSeeds(seed -> wait(WITHOUT_AGING, seed), BOUND);
  }

  @Test
  void noTaskWaitsLongerThanTheBound() {
    forSeeds(seed -> wait(PriorityWeights.DEFAULT, seed), 0);
  }
}
