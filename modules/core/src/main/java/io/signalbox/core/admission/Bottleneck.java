package io.signalbox.core.admission;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which class holds a job up, and how many slots would help.
 *
 * @param deviceClass the class with the most work for its slots; null when none has any
 * @param missing ⌈work / (time to the deadline − longest path)⌉ − slots, at least 0; 0 when the
 *     longest path alone takes too long, since no number of slots helps then
 */
record Bottleneck(@Nullable String deviceClass, int missing) {
  static Bottleneck of(FleetLoad fleet, List<JobLoad> jobs, JobLoad tested) {
    int nowhere = nowhere(fleet, tested);
    if (nowhere >= 0) {
      return new Bottleneck(fleet.classes().get(nowhere), 1);
    }
    double room = tested.deadlineSeconds - tested.longestPath(Times.Care.LIKELY);
    return of(fleet.classes(), fleet.slotsByClass(), ClassShares.of(fleet, jobs), room);
  }

  /** By the work of each class and the time there is for it beside the longest path. */
  static Bottleneck of(List<String> classes, int[] slots, ClassShares shares, double room) {
    int most = shares.bottleneck(slots);
    if (most < 0) {
      return new Bottleneck(null, 0);
    }
    double needed = room > 0 ? Math.ceil(shares.seconds()[most] / room) : 0;
    int missing = (int) Math.clamp(needed - slots[most], 0, Integer.MAX_VALUE);
    return new Bottleneck(classes.get(most), missing);
  }

  /** A class that some task needs and that has no slot now, or -1. */
  private static int nowhere(FleetLoad fleet, JobLoad job) {
    int[] slots = fleet.slotsByClass();
    double[] seconds = job.seconds(Times.Care.LIKELY);
    for (int task = 0; task < job.size; task++) {
      int allowed = -1;
      boolean runs = job.isPlaced(task);
      for (int k = 0; k < slots.length; k++) {
        if (seconds[task * job.classes + k] < Double.POSITIVE_INFINITY) {
          allowed = allowed < 0 ? k : allowed;
          runs |= slots[k] > 0;
        }
      }
      if (!runs) {
        return allowed;
      }
    }
    return -1;
  }
}
