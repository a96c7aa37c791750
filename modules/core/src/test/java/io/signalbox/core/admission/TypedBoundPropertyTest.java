package io.signalbox.core.admission;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Random pools against their typed bounds. Set signalbox.figures to have the figures printed that
 * docs/ADMISSION.md names.
 */
class TypedBoundPropertyTest {
  private static final int CASES = 10_000;
  private static final int SCHEDULES = 5;
  // Set signalbox.seed to replay the one case whose seed a failure names.
  private static final Integer REPLAY = Integer.getInteger("signalbox.seed");

  private double longest;
  private double sum;
  private int jobs;

  @Test
  void noScheduleThatLeavesNoFittingSlotIdleExceedsTheBound() {
    int from = REPLAY == null ? 0 : REPLAY;
    int to = REPLAY == null ? CASES : from + 1;
    for (int seed = from; seed < to; seed++) {
      RandomPool pool = new RandomPool(seed);
      for (int run = 0; run < SCHEDULES; run++) {
        check(pool, pool.run(), seed);
      }
      check(pool, ForwardSimulation.finishes(pool.fleet, pool.jobs), seed);
    }
    if (Boolean.getBoolean("signalbox.figures")) {
      System.out.printf(
          "%d jobs in %d pools: they took %.2f of the bound on average, %.3f at most%n",
          jobs, to - from, sum / jobs, longest);
    }
    assertTrue(REPLAY != null || longest > 0.95, "never nearly reached: " + longest);
  }

  private void check(RandomPool pool, double[] finishes, int seed) {
    for (int job = 0; job < finishes.length; job++) {
      double bound = pool.bound(pool.jobs.get(job));
      double share = finishes[job] / bound;
      assertTrue(
          share <= 1 + 1e-9,
          "job %d takes %s, the bound is %s; seed %d, replay with -Dsignalbox.seed=%d"
              .formatted(job, finishes[job], bound, seed, seed));
      longest = Math.max(longest, share);
      sum += share;
      jobs++;
    }
  }
}
