package io.signalbox.core.admission;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The unfinished tasks of one job at one moment, each behind its parents. Times are seconds from
 * that moment.
 */
public final class JobLoad {
  /** No device. */
  static final int NOWHERE = -1;

  final String job;
  final double deadlineSeconds;
  final int size;
  final int classes;
  final int[] parentStart;
  final int[] parents;
  final double[] transfers;
  final double[] ranks;
  final int[] dataOn;
  final double[] dataThere;
  final double[] dataElsewhere;
  final double[] likelyEnd;
  final double[] latestEnd;
  final int[] placedOn;
  private final Times times;
  private final Map<Times.Care, double[]> seconds = new EnumMap<>(Times.Care.class);
  private boolean sameEverywhere = true;

  /**
   * Tasks without what has gone before.
   *
   * @param job the job's id
   * @param deadlineSeconds when it should be done; positive infinity when it has no deadline
   * @param classes how many device classes there are
   * @param times the tasks' run times
   * @param parents by task, its unfinished parents, whose numbers are smaller than its own
   * @param transfers by task and parent, what its data takes to another device
   */
  public JobLoad(
      String job,
      double deadlineSeconds,
      int classes,
      Times times,
      int[][] parents,
      double[][] transfers) {
    this.job = job;
    this.deadlineSeconds = deadlineSeconds;
    this.classes = classes;
    this.times = times;
    size = parents.length;
    parentStart = new int[size + 1];
    for (int task = 0; task < size; task++) {
      parentStart[task + 1] = parentStart[task] + parents[task].length;
    }
    this.parents = new int[parentStart[size]];
    this.transfers = new double[parentStart[size]];
    for (int task = 0; task < size; task++) {
      System.arraycopy(parents[task], 0, this.parents, parentStart[task], parents[task].length);
      System.arraycopy(transfers[task], 0, this.transfers, parentStart[task], parents[task].length);
    }
    ranks = new double[size];
    dataOn = new int[size];
    Arrays.fill(dataOn, NOWHERE);
    dataThere = new double[size];
    dataElsewhere = new double[size];
    likelyEnd = new double[size];
    latestEnd = new double[size];
    placedOn = new int[size];
    Arrays.fill(placedOn, NOWHERE);
  }

  /** The job's id. */
  public String job() {
    return job;
  }

  /** How many tasks are unfinished. */
  public int size() {
    return size;
  }

  /** Sets what a task is ordered by among those that are ready: the larger, the sooner. */
  public void rank(int task, double rank) {
    ranks[task] = rank;
  }

  /** Ranks every task by its longest path to the end, on the fastest classes. */
  public void rankByPaths() {
    Arrays.fill(ranks, 0);
    for (int task = size - 1; task >= 0; task--) {
      ranks[task] += fastest(task, Times.Care.LIKELY);
      for (int i = parentStart[task]; i < parentStart[task + 1]; i++) {
        ranks[parents[i]] = Math.max(ranks[parents[i]], ranks[task] + transfers[i]);
      }
    }
  }

  /**
   * A task is in a device's hands.
   *
   * @param device the device's number
   * @param likely when it should be done, with {@link Times.Care#LIKELY}
   * @param latest when it should be, with {@link Times.Care#MOST}; positive infinity when that
   *     can't be said
   */
  void place(int task, int device, double likely, double latest) {
    placedOn[task] = device;
    likelyEnd[task] = likely;
    latestEnd[task] = latest;
  }

  /** A finished parent's data lies on a device since then, and can be elsewhere later. */
  void data(int task, int device, double there, double elsewhere) {
    if (device == dataOn[task]) {
      dataThere[task] = Math.max(dataThere[task], there);
      dataElsewhere[task] = Math.max(dataElsewhere[task], elsewhere);
    } else if (dataOn[task] == NOWHERE || elsewhere > dataElsewhere[task]) {
      dataThere[task] = Math.max(dataElsewhere[task], there);
      dataElsewhere[task] = elsewhere;
      dataOn[task] = device;
    } else {
      dataThere[task] = Math.max(dataThere[task], elsewhere);
    }
  }

  boolean isPlaced(int task) {
    return placedOn[task] != NOWHERE;
  }

  /** Some task fits on some devices of a class and not on others. */
  void pickyAboutDevices() {
    sameEverywhere = false;
  }

  boolean sameEverywhere() {
    return sameEverywhere;
  }

  /** Run times by task and class, flat: a row of classes for each task. */
  double[] seconds(Times.Care care) {
    double[] known = seconds.get(care);
    if (known != null) {
      return known;
    }
    double[] flat = new double[size * classes];
    for (int task = 0; task < size; task++) {
      for (int k = 0; k < classes; k++) {
        flat[task * classes + k] = times.seconds(task, k, care);
      }
    }
    seconds.put(care, flat);
    return flat;
  }

  double fastest(int task, Times.Care care) {
    double[] flat = seconds(care);
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      least = Math.min(least, flat[task * classes + k]);
    }
    return least;
  }

  /** True when every task may run on a class that has a slot, or runs already. */
  boolean runsOn(int[] slots) {
    double[] flat = seconds(Times.Care.LEAST);
    for (int task = 0; task < size; task++) {
      boolean runs = isPlaced(task);
      for (int k = 0; k < classes; k++) {
        runs |= slots[k] > 0 && flat[task * classes + k] < Double.POSITIVE_INFINITY;
      }
      if (!runs) {
        return false;
      }
    }
    return true;
  }

  /** The slowest transfer of a task's inputs, those of finished parents included. */
  double slowestTransfer(int task) {
    double slowest = Math.max(0, dataElsewhere[task]);
    for (int i = parentStart[task]; i < parentStart[task + 1]; i++) {
      slowest = Math.max(slowest, transfers[i]);
    }
    return slowest;
  }

  /** The longest path to the end of the job, each task on its fastest class, transfers left out. */
  double longestPath(Times.Care care) {
    double[] until = new double[size];
    double longest = 0;
    for (int task = 0; task < size; task++) {
      for (int i = parentStart[task]; i < parentStart[task + 1]; i++) {
        until[task] = Math.max(until[task], until[parents[i]]);
      }
      // What runs may be done at any moment.
      until[task] += isPlaced(task) ? 0 : fastest(task, care);
      longest = Math.max(longest, until[task]);
    }
    return longest;
  }
}
