package io.signalbox.core.admission;

import java.util.Arrays;

/** The slots of a simulated fleet, by class in the order in which they are free. */
final class SimulatedSlots {
  private final int[] slotClass;
  private final int[] slotDevice;
  private final int[] deviceSlotStart;
  private final int[] deviceSlots;
  private final KeyedHeap[] byClass;
  private int[] reserved = new int[16];
  private double[] freeBefore = new double[16];
  private int reservations;

  SimulatedSlots(FleetLoad fleet) {
    slotClass = fleet.slotClass();
    slotDevice = fleet.slotDevice();
    byClass = new KeyedHeap[fleet.classes().size()];
    Arrays.setAll(byClass, k -> new KeyedHeap(slotClass.length));
    int devices = Arrays.stream(slotDevice).max().orElse(-1) + 1;
    deviceSlotStart = new int[devices + 1];
    for (int device : slotDevice) {
      deviceSlotStart[device + 1]++;
    }
    for (int device = 0; device < devices; device++) {
      deviceSlotStart[device + 1] += deviceSlotStart[device];
    }
    deviceSlots = new int[slotClass.length];
    int[] at = deviceSlotStart.clone();
    for (int slot = 0; slot < slotClass.length; slot++) {
      deviceSlots[at[slotDevice[slot]]++] = slot;
      byClass[slotClass[slot]].put(slot, fleet.slotFreeAt()[slot]);
    }
  }

  int size() {
    return slotClass.length;
  }

  int classes() {
    return byClass.length;
  }

  int classOf(int slot) {
    return slotClass[slot];
  }

  int deviceOf(int slot) {
    return slotDevice[slot];
  }

  double freeAt(int slot) {
    return byClass[slotClass[slot]].key(slot);
  }

  /** The classes that a task may run on, as bits; beyond 63 classes, all of them. */
  long mask(double[] seconds, int row) {
    if (byClass.length > 63) {
      return -1;
    }
    long mask = 0;
    for (int k = 0; k < byClass.length; k++) {
      if (seconds[row + k] < Double.POSITIVE_INFINITY) {
        mask |= 1L << k;
      }
    }
    return mask;
  }

  /** True when a slot of one of the classes is free. */
  boolean anyFree(long mask, double now) {
    for (int k = 0; k < byClass.length; k++) {
      if ((mask < 0 || (mask & 1L << k) != 0) && byClass[k].firstKey() <= now) {
        return true;
      }
    }
    return false;
  }

  /** The slot where a task is done first: one of each class and of its data's device are tried. */
  int best(double[] seconds, int row, int dataOn, double there, double elsewhere, double now) {
    int best = -1;
    double earliest = Double.POSITIVE_INFINITY;
    for (int k = 0; k < byClass.length; k++) {
      if (!byClass[k].isEmpty() && seconds[row + k] < Double.POSITIVE_INFINITY) {
        int slot = byClass[k].first();
        double end = startsAt(slot, dataOn, there, elsewhere, now) + seconds[row + k];
        if (end < earliest) {
          earliest = end;
          best = slot;
        }
      }
    }
    if (dataOn >= 0 && dataOn + 1 < deviceSlotStart.length) {
      for (int i = deviceSlotStart[dataOn]; i < deviceSlotStart[dataOn + 1]; i++) {
        int slot = deviceSlots[i];
        double end = startsAt(slot, dataOn, there, elsewhere, now) + seconds[row + slotClass[slot]];
        if (end < earliest) {
          earliest = end;
          best = slot;
        }
      }
    }
    return best;
  }

  double startsAt(int slot, int dataOn, double there, double elsewhere, double now) {
    double data = slotDevice[slot] == dataOn ? there : elsewhere;
    return Math.max(Math.max(now, freeAt(slot)), data);
  }

  /** A slot is taken until then. */
  void take(int slot, double until) {
    byClass[slotClass[slot]].put(slot, until);
  }

  /** A slot is planned with until then; {@link #dropReservations} undoes it. */
  void reserve(int slot, double until) {
    if (reservations == reserved.length) {
      reserved = Arrays.copyOf(reserved, reservations * 2);
      freeBefore = Arrays.copyOf(freeBefore, reservations * 2);
    }
    reserved[reservations] = slot;
    freeBefore[reservations++] = freeAt(slot);
    take(slot, until);
  }

  void dropReservations() {
    while (reservations > 0) {
      reservations--;
      take(reserved[reservations], freeBefore[reservations]);
    }
  }
}
