package io.signalbox.core.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.fairness.FairnessSettings;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.priority.PriorityWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Two tenants with weights 1 and 3 that always have work, on three unlike classes: what they get of
 * the slots' time, each second at the price of its class. Set signalbox.figures to have the figures
 * printed that docs/SCHEDULING.md names.
 */
class FairnessSimulationTest {
  private static final int SEEDS = Integer.getInteger("signalbox.seeds", 2);
  private static final long FIRST_SEED = Long.getLong("signalbox.seed", 1);
  private static final double FROM = 200;
  private static final double UNTIL = 1_700;
  private static final double WITHIN = 0.05;
  private static final FairnessSettings WEIGHTS = new FairnessSettings(3, Map.of("large", 3.0));
  private static final List<Map<String, Double>> OPERATIONS =
      List.of(
          Map.of("gpu", 1.0, "npu", 2.5, "cpu", 8.0),
          Map.of("gpu", 1.5, "npu", 1.0, "cpu", 6.0),
          Map.of("gpu", 2.0, "npu", 3.0, "cpu", 2.5));

  /** What a tenant submits. */
  private interface Mix {
    TaskSpec task(String tenant, String id, Random random, String... parents);
  }

  private static TaskSpec alike(String tenant, String id, Random random, String... parents) {
    return task("op", random.nextInt(3), 1 + 9 * random.nextDouble(), id, parents);
  }

  /** The one's tasks are ten times as long as the other's. */
  private static TaskSpec unlike(String tenant, String id, Random random, String... parents) {
    double work = (tenant.equals("small") ? 10 : 1) * (1 + random.nextDouble());
    return task(tenant, random.nextInt(3), work, id, parents);
  }

  /** The one's tasks do best on the dear classes, the other's on the cheap ones. */
  private static TaskSpec apart(String tenant, String id, Random random, String... parents) {
    int operation = random.nextInt(2) + (tenant.equals("small") ? 0 : 1);
    return task("op", operation, 1 + 9 * random.nextDouble(), id, parents);
  }

  private static TaskSpec task(
      String name, int operation, double work, String id, String... parents) {
    return VirtualPool.task(id, name + operation, work, OPERATIONS.get(operation), parents);
  }

  /** A run with both tenants always at work. */
  private static final class Contest {
    private final VirtualPool pool =
        new VirtualPool(WEIGHTS, PriorityWeights.DEFAULT, 300)
            .devices("gpu", 4)
            .devices("npu", 4)
            .devices("cpu", 10);
    private final Mix mix;
    private final Random random;
    private final boolean graphs;
    private int jobs;

    private Contest(Mix mix, boolean graphs, long seed) {
      this.mix = mix;
      this.graphs = graphs;
      this.random = new Random(seed);
      while (pool.now() < UNTIL) {
        feed("small");
        feed("large");
        pool.step(UNTIL);
      }
    }

    /** As many tasks wait as all slots could take twice over. */
    private void feed(String tenant) {
      while (pool.ready(tenant) < 2 * pool.slots()) {
        List<TaskSpec> tasks = new ArrayList<>();
        int size = 10 + random.nextInt(40);
        for (int i = 0; i < size; i++) {
          boolean free = !graphs || i < size / 4;
          String[] parents = free ? new String[0] : new String[] {"t" + random.nextInt(i)};
          tasks.add(mix.task(tenant, "t" + i, random, parents));
        }
        pool.submit(tenant + "-" + jobs++, tenant, tasks);
      }
    }

    /** The share of the slots' time that the tenant of weight 3 had, priced or not. */
    private double share(boolean priced) {
      double large = 0;
      double all = 0;
      for (VirtualPool.Run run : pool.runs()) {
        double cost = run.secondsWithin(FROM, UNTIL) * (priced ? run.price() : 1);
        all += cost;
        large += run.tenant().equals("large") ? cost : 0;
      }
      return large / all;
    }
  }

  private static void sharesFollowTheWeights(String name, Mix mix, boolean graphs) {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Contest contest = new Contest(mix, graphs, seed);
      double share = contest.share(true);
      double idle = contest.pool.idleSeconds() / (UNTIL * contest.pool.slots());
      String figures =
          ("%s, seed %d: of %d tasks weight 3 got %.1f %% of the priced slot time, %.1f %% of the"
                  + " plain; idle %.2f %%")
              .formatted(
                  name,
                  seed,
                  contest.pool.runs().size(),
                  100 * share,
                  100 * contest.share(false),
                  100 * idle);
      if (Boolean.getBoolean("signalbox.figures")) {
        System.out.println(figures);
      }
      assertEquals(0.75, share, WITHIN * 0.75, figures);
      assertEquals(0.25, 1 - share, WITHIN, figures);
      assertTrue(idle < 0.01, figures);
    }
  }

  @Test
  void tenantsOfEqualTasksShareByWeight() {
    sharesFollowTheWeights("alike", FairnessSimulationTest::alike, false);
  }

  @Test
  void longTasksDontBuyAShare() {
    sharesFollowTheWeights("unlike lengths", FairnessSimulationTest::unlike, false);
  }

  @Test
  void tenantsOfGraphsShareByWeight() {
    sharesFollowTheWeights("graphs", FairnessSimulationTest::unlike, true);
  }

  @Test
  void tenantsThatPreferUnlikeClassesShareByPrice() {
    sharesFollowTheWeights("unlike classes", FairnessSimulationTest::apart, false);
  }
}
