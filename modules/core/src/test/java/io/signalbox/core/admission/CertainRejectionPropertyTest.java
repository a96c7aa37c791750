package io.signalbox.core.admission;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CertainRejectionPropertyTest {
  // Set signalbox.seed to replay the one case whose seed a failure names.
  private static final Integer REPLAY = Integer.getInteger("signalbox.seed");

  @Test
  void noScheduleKeepsADeadlineThatWasRejectedForCertain() {
    int rejected = 0;
    for (int seed = first(); seed < end(600); seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Tiny tiny = new Tiny(random);
      double best = tiny.shortest();
      Proof proof = tiny.test(best * (0.5 + random.nextDouble()));
      if (proof.method() == Proof.Method.LOWER_BOUND) {
        rejected++;
        assertTrue(proof.deadline() < best, "rejected, yet done in " + best + "; seed " + seed);
      }
      if (proof.method() == Proof.Method.TYPED_BOUND) {
        assertTrue(proof.deadline() >= best, "accepted, yet not before " + best + "; seed " + seed);
      }
    }
    int least = REPLAY == null ? 100 : 0;
    assertTrue(rejected >= least, rejected + " certain rejections show nothing");
  }

  @Test
  void simulationsOfManyOrdersNeverMakeARejectedDeadlineEither() {
    int rejected = 0;
    for (int seed = first(); seed < end(2_000); seed++) {
      RandomPool pool = new RandomPool(seed);
      JobLoad job = pool.jobs.getFirst();
      Proof proof =
          new Schedulability(pool.fleet, pool.fleet, List.of(), Set.of(), 0, 0)
              .test(job, Proof.Verdict.REJECTED);
      if (proof.method() == Proof.Method.LOWER_BOUND) {
        rejected++;
        double simulated = ForwardSimulation.finishes(pool.fleet, List.of(job))[0];
        assertTrue(simulated > job.deadlineSeconds, "seed " + seed);
      }
    }
    assertTrue(REPLAY != null || rejected >= 100, rejected + " certain rejections show nothing");
  }

  private static int first() {
    return REPLAY == null ? 0 : REPLAY;
  }

  private static int end(int cases) {
    return REPLAY == null ? cases : REPLAY + 1;
  }

  /** A job so small that each of its schedules can be looked at. */
  private static final class Tiny {
    private final double[][] seconds;
    private final int[][] parents;
    private final int[] slots;

    Tiny(SplittableRandom random) {
      int tasks = 1 + random.nextInt(5);
      slots = new int[] {1 + random.nextInt(2), 1};
      seconds = new double[tasks][2];
      parents = new int[tasks][];
      for (int task = 0; task < tasks; task++) {
        seconds[task][0] = 0.1 + random.nextDouble(5);
        seconds[task][1] =
            random.nextBoolean() ? 0.1 + random.nextDouble(5) : Double.POSITIVE_INFINITY;
        parents[task] = IntStream.range(0, task).filter(parent -> random.nextInt(3) == 0).toArray();
      }
    }

    Proof test(double deadline) {
      FleetLoad fleet = FleetLoad.idle(List.of("a", "b"), slots);
      double[][] transfers =
          Arrays.stream(parents).map(each -> new double[each.length]).toArray(double[][]::new);
      JobLoad job =
          new JobLoad("j", deadline, 2, (task, k, care) -> seconds[task][k], parents, transfers);
      job.rankByPaths();
      return new Schedulability(fleet, fleet, List.of(), Set.of(), 0, 0)
          .test(job, Proof.Verdict.REJECTED);
    }

    /** The best of all schedules, by trying each order and each slot. */
    double shortest() {
      int total = slots[0] + slots[1];
      return shortest(new double[seconds.length], new double[total], 0, Double.POSITIVE_INFINITY);
    }

    private double shortest(double[] finish, double[] free, double makespan, double least) {
      double best = least;
      boolean done = true;
      for (int task = 0; task < finish.length; task++) {
        if (finish[task] > 0 || !IntStream.of(parents[task]).allMatch(p -> finish[p] > 0)) {
          continue;
        }
        done = false;
        double ready = IntStream.of(parents[task]).mapToDouble(p -> finish[p]).max().orElse(0);
        for (int slot = 0; slot < free.length; slot++) {
          double run = seconds[task][slot < slots[0] ? 0 : 1];
          double before = free[slot];
          double end = Math.max(ready, before) + run;
          if (end < best) {
            finish[task] = end;
            free[slot] = end;
            best = Math.min(best, shortest(finish, free, Math.max(makespan, end), best));
            finish[task] = 0;
            free[slot] = before;
          }
        }
      }
      return done ? Math.min(best, makespan) : best;
    }
  }
}
