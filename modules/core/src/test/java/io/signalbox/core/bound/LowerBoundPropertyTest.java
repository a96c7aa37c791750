package io.signalbox.core.bound;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LowerBoundPropertyTest {
  // Set signalbox.seed to replay the one case whose seed a failure names.
  private static final Integer REPLAY = Integer.getInteger("signalbox.seed");

  @Test
  void noListScheduleBeatsTheBound() {
    int from = REPLAY == null ? 0 : REPLAY;
    int to = REPLAY == null ? 500 : from + 1;
    for (int seed = from; seed < to; seed++) {
      Case random = new Case(seed);
      LowerBound bound = LowerBound.of(random.seconds, random.slots, random.parents);
      for (int i = 0; i < 20; i++) {
        double makespan = random.schedule();
        String place = "seed " + seed + "; replay with -Dsignalbox.seed=" + seed;
        assertTrue(bound.seconds() <= makespan * (1 + 1e-9), place);
        assertTrue(bound.criticalPathSeconds() <= bound.seconds(), place);
      }
    }
  }

  /** A random DAG on random classes, and list schedules of it in random order. */
  private static final class Case {
    private final SplittableRandom random;
    private final double[][] seconds;
    private final int[] slots;
    private final int[][] parents;

    Case(int seed) {
      random = new SplittableRandom(seed);
      int tasks = 1 + random.nextInt(40);
      slots = new int[1 + random.nextInt(4)];
      for (int k = 0; k < slots.length; k++) {
        slots[k] = k == 0 ? 1 + random.nextInt(3) : random.nextInt(4);
      }
      seconds = new double[tasks][slots.length];
      parents = new int[tasks][];
      double density = random.nextDouble(0.3);
      for (int task = 0; task < tasks; task++) {
        for (int k = 0; k < slots.length; k++) {
          boolean isAllowed = k == 0 || random.nextInt(5) > 0;
          seconds[task][k] = isAllowed ? random.nextDouble(10) : Double.POSITIVE_INFINITY;
        }
        int end = task;
        parents[task] =
            IntStream.range(0, end).filter(parent -> random.nextDouble() < density).toArray();
      }
    }

    /** Tasks in order of number, each on a random allowed class's first free slot. */
    double schedule() {
      double[][] free = new double[slots.length][];
      for (int k = 0; k < slots.length; k++) {
        free[k] = new double[slots[k]];
      }
      double[] finish = new double[seconds.length];
      double makespan = 0;
      boolean greedy = random.nextBoolean();
      for (int task = 0; task < seconds.length; task++) {
        double ready = 0;
        for (int parent : parents[task]) {
          ready = Math.max(ready, finish[parent]);
        }
        finish[task] = place(free, task, ready, greedy);
        makespan = Math.max(makespan, finish[task]);
      }
      return makespan;
    }

    private double place(double[][] free, int task, double ready, boolean greedy) {
      double best = Double.POSITIVE_INFINITY;
      int bestClass = -1;
      int bestSlot = -1;
      for (int k = 0; k < slots.length; k++) {
        for (int slot = 0; slot < slots[k]; slot++) {
          double end = Math.max(ready, free[k][slot]) + seconds[task][k];
          boolean isTaken = end < best && (greedy || bestClass < 0 || random.nextBoolean());
          if (isTaken) {
            best = end;
            bestClass = k;
            bestSlot = slot;
          }
        }
      }
      free[bestClass][bestSlot] = best;
      return best;
    }
  }
}
