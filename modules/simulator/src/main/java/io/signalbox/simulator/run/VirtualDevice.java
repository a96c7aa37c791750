package io.signalbox.simulator.run;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.Network;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A device of the simulation: slots that run one attempt each, and offers that wait for one. */
final class VirtualDevice {
  final Fleet.Device device;
  final int classNumber;
  private final @Nullable Attempt[] slots;
  private final Deque<Attempt> waiting = new ArrayDeque<>();

  VirtualDevice(Fleet.Device device, int classNumber) {
    this.device = device;
    this.classNumber = classNumber;
    this.slots = new Attempt[device.slots()];
  }

  /** What it says of itself. It holds no more than it runs: offers take no time to arrive. */
  DeviceReport report(Network network) {
    double bandwidth = network.bandwidthBytesPerSecond();
    return new DeviceReport(
        device.id(),
        device.deviceClass(),
        1,
        0,
        DeviceReport.State.ACTIVE,
        List.of(0),
        device.slots(),
        0,
        0,
        List.of(),
        0,
        Double.isInfinite(bandwidth) ? 0 : bandwidth,
        network.latencySeconds(),
        0,
        true);
  }

  /** Gives the attempt a slot, or lets it wait for one; true when it has one. */
  boolean take(Attempt attempt) {
    for (int slot = 0; slot < slots.length; slot++) {
      if (slots[slot] == null) {
        occupy(attempt, slot);
        return true;
      }
    }
    waiting.add(attempt);
    return false;
  }

  /** The attempt that it runs or that waits for a slot, or null. */
  @Nullable Attempt find(AttemptRef ref) {
    for (Attempt attempt : slots) {
      if (attempt != null && attempt.ref.equals(ref)) {
        return attempt;
      }
    }
    for (Attempt attempt : waiting) {
      if (attempt.ref.equals(ref)) {
        return attempt;
      }
    }
    return null;
  }

  /** Ends an attempt. Returns the one that has got its slot, or null. */
  @Nullable Attempt leave(Attempt attempt) {
    attempt.over = true;
    if (attempt.slot < 0) {
      waiting.remove(attempt);
      return null;
    }
    slots[attempt.slot] = null;
    Attempt next = waiting.poll();
    if (next != null) {
      occupy(next, attempt.slot);
    }
    return next;
  }

  private void occupy(Attempt attempt, int slot) {
    slots[slot] = attempt;
    attempt.slot = slot;
  }
}
