package io.signalbox.core.bound;

/** Checks what a bound is asked of. */
final class BoundInput {
  private BoundInput() {}

  static void check(double[][] seconds, int[] slots, int[][] parents) {
    require(slots.length > 0, "there is no device class");
    for (int k = 0; k < slots.length; k++) {
      require(slots[k] >= 0, "slots of class " + k + " must be >= 0, are " + slots[k]);
    }
    require(
        parents.length == seconds.length,
        "there are " + seconds.length + " tasks but parents of " + parents.length);
    for (int task = 0; task < seconds.length; task++) {
      checkTimes(seconds[task], slots, task);
      for (int parent : parents[task]) {
        require(
            parent >= 0 && parent < seconds.length,
            "parent " + parent + " of task " + task + " is none of the tasks");
      }
    }
  }

  private static void checkTimes(double[] row, int[] slots, int task) {
    require(
        row.length == slots.length,
        "task " + task + " has times for " + row.length + " of " + slots.length + " classes");
    boolean runs = false;
    for (int k = 0; k < row.length; k++) {
      require(
          row[k] >= 0, "time of task " + task + " on class " + k + " must be >= 0, is " + row[k]);
      runs |= slots[k] > 0 && row[k] < Double.POSITIVE_INFINITY;
    }
    require(runs, "task " + task + " is allowed on no class that has a slot");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
