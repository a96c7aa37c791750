package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.device.Quarantine;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Devices in quarantine that nothing is tried on yet, by the time at which they may be. */
final class Cooling {
  private record Entry(double at, Device device) {
    boolean stands() {
      Quarantine quarantine = device.quarantine();
      return quarantine != null && !device.probed() && quarantine.probeAt() == at;
    }
  }

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          Comparator.comparingDouble(Entry::at).thenComparing(entry -> entry.device().id()));

  /** A device has been put in quarantine. */
  void add(Device device) {
    Quarantine quarantine = device.quarantine();
    if (quarantine != null) {
      entries.add(new Entry(quarantine.probeAt(), device));
    }
  }

  /** Lets those be tried whose time has come. */
  void end(Fleet fleet, double now) {
    while (nextDue() <= now) {
      Device device = entries.remove().device();
      if (fleet.device(device.id()) == device) {
        fleet.probe(device, now);
      }
    }
  }

  /** When the next one may be tried, in seconds since the epoch; infinity when there is none. */
  double nextDue() {
    while (!entries.isEmpty() && !entries.peek().stands()) {
      entries.remove();
    }
    return entries.isEmpty() ? Double.POSITIVE_INFINITY : entries.peek().at();
  }
}
