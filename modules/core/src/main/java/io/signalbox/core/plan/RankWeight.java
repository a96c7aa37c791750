package io.signalbox.core.plan;

/**
 * What stands for a task's run time in its upward rank when devices are unlike. None is best for
 * all graphs: the mean is HEFT's, the fastest class ranks better where every task finds its best
 * class free, the others lie between.
 */
enum RankWeight {
  /** The mean over the classes (Topcuoglu, Hariri, Wu 2002). */
  MEAN {
    @Override
    double of(double[] seconds, int[] slots) {
      double sum = 0;
      int count = 0;
      for (int k = 0; k < slots.length; k++) {
        if (runs(seconds, slots, k)) {
          sum += seconds[k];
          count++;
        }
      }
      return sum / count;
    }
  },

  /** The fastest class. */
  FASTEST {
    @Override
    double of(double[] seconds, int[] slots) {
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < slots.length; k++) {
        least = runs(seconds, slots, k) ? Math.min(least, seconds[k]) : least;
      }
      return least;
    }
  },

  /** The geometric mean of the two. */
  BETWEEN {
    @Override
    double of(double[] seconds, int[] slots) {
      return Math.sqrt(MEAN.of(seconds, slots) * FASTEST.of(seconds, slots));
    }
  },

  /** The harmonic mean over the slots: the time it takes where it comes to run by throughput. */
  THROUGHPUT {
    @Override
    double of(double[] seconds, int[] slots) {
      double count = 0;
      double rate = 0;
      for (int k = 0; k < slots.length; k++) {
        if (runs(seconds, slots, k)) {
          count += slots[k];
          rate += slots[k] / Math.max(seconds[k], 1e-9);
        }
      }
      return count / rate;
    }
  };

  /**
   * The weight of a task.
   *
   * @param seconds its run time on each class; infinite where it isn't allowed
   * @param slots slots of each class; the task is allowed on one that has some
   */
  abstract double of(double[] seconds, int[] slots);

  private static boolean runs(double[] seconds, int[] slots, int k) {
    return slots[k] > 0 && seconds[k] < Double.POSITIVE_INFINITY;
  }
}
