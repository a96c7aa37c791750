package io.signalbox.core.admission;

import java.util.List;

/**
 * Work by class, each task where its class has the least to do for its slots: what a fleet is asked
 * for when single tasks don't matter.
 *
 * @param seconds by class, likely run times added up
 */
record ClassShares(double[] seconds) {
  /** The work of jobs, on top of what slots hold already; tasks in a device's hands left out. */
  static ClassShares of(FleetLoad fleet, List<JobLoad> jobs) {
    int[] slots = fleet.slotsByClass();
    ClassShares shares = new ClassShares(fleet.takenByClass());
    for (JobLoad job : jobs) {
      for (int task = 0; task < job.size; task++) {
        if (!job.isPlaced(task)) {
          shares.add(job.seconds(Times.Care.LIKELY), task * job.classes, slots, 1);
        }
      }
    }
    return shares;
  }

  /** Adds a task, so many times over, to the class that suits it best. */
  void add(double[] times, int row, int[] slots, double often) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < slots.length; k++) {
      double load = (seconds[k] + times[row + k]) / slots[k];
      if (slots[k] > 0 && load < least) {
        least = load;
        best = k;
      }
    }
    if (best >= 0) {
      seconds[best] += times[row + best] * often;
    }
  }

  /** The time that the busiest class needs. */
  double longest(int[] slots) {
    int most = bottleneck(slots);
    return most < 0 ? 0 : seconds[most] / slots[most];
  }

  /** The class with the most work for its slots, or -1 when no class has any. */
  int bottleneck(int[] slots) {
    int most = -1;
    for (int k = 0; k < slots.length; k++) {
      if (slots[k] > 0
          && seconds[k] > 0
          && (most < 0 || seconds[k] / slots[k] > seconds[most] / slots[most])) {
        most = k;
      }
    }
    return most;
  }
}
