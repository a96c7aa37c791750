package io.signalbox.simulator.run;

import io.signalbox.core.job.AttemptRef;

/**
 * An attempt in a device's hands. What happens to it next is that its inputs are there, or, once it
 * runs, that it is done.
 */
final class Attempt implements Happening {
  final AttemptRef ref;
  final int task;
  final VirtualDevice device;
  final double acceptBy;
  int slot = -1;
  double startsAt;
  double finishesAt;
  boolean running;
  boolean copy;
  boolean over;

  Attempt(AttemptRef ref, int task, VirtualDevice device, double acceptBy) {
    this.ref = ref;
    this.task = task;
    this.device = device;
    this.acceptBy = acceptBy;
  }
}
