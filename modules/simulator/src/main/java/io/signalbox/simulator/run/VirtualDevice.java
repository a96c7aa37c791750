package io.signalbox.simulator.run;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.Network;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A device of the simulation: slots that run one attempt each, and offers that wait for one. */
final class VirtualDevice {
  final Fleet.Device device;
  final int classNumber;
  private final BitSet busy = new BitSet();
  private final Deque<Attempt> waiting = new ArrayDeque<>();

  VirtualDevice(Fleet.Device device, int classNumber) {
    this.device = device;
    this.classNumber = classNumber;
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
        List.of(),
        0,
        Double.isInfinite(bandwidth) ? 0 : bandwidth,
        network.latencySeconds(),
        0,
        true);
  }

  /** Gives the attempt a slot, or lets it wait for one; true when it has one. */
  boolean take(Attempt attempt) {
    int slot = busy.nextClearBit(0);
    if (slot >= device.slots()) {
      waiting.add(attempt);
      return false;
    }
    occupy(attempt, slot);
    return true;
  }

  /** Ends an attempt. Returns the one that has got its slot, or null. */
  @Nullable Attempt leave(Attempt attempt) {
    attempt.over = true;
    if (attempt.slot < 0) {
      waiting.remove(attempt);
      return null;
    }
    busy.clear(attempt.slot);
    Attempt next = waiting.poll();
    if (next != null) {
      occupy(next, attempt.slot);
    }
    return next;
  }

  private void occupy(Attempt attempt, int slot) {
    busy.set(slot);
    attempt.slot = slot;
  }
}
