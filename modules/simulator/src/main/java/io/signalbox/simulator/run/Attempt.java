package io.signalbox.simulator.run;

import io.signalbox.core.job.AttemptRef;

/** An attempt in a device's hands. */
final class Attempt {
  final AttemptRef ref;
  final int task;
  final VirtualDevice device;
  int slot = -1;
  double startsAt;
  double finishesAt;
  boolean running;
  boolean over;

  Attempt(AttemptRef ref, int task, VirtualDevice device) {
    this.ref = ref;
    this.task = task;
    this.device = device;
  }
}
