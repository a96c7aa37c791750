package io.signalbox.core.admission;

import java.util.List;

/**
 * The slots of a fleet at one moment, and when each is free of what it holds. Slots and devices are
 * numbered; times are seconds from that moment.
 *
 * @param classes names of the device classes
 * @param slotClass by slot, the number of its class
 * @param slotDevice by slot, the number of its device
 * @param slotFreeAt by slot, when it has done what was given to it; at least 0
 * @param slotsOnceBack by class, the slots there would be if every device that is known and not
 *     going away took work
 */
public record FleetLoad(
    List<String> classes,
    int[] slotClass,
    int[] slotDevice,
    double[] slotFreeAt,
    int[] slotsOnceBack) {
  public FleetLoad {
    classes = List.copyOf(classes);
    if (slotDevice.length != slotClass.length || slotFreeAt.length != slotClass.length) {
      throw new IllegalArgumentException("slots, their devices and their times differ in number");
    }
    if (slotsOnceBack.length != classes.size()) {
      throw new IllegalArgumentException("slots are given of more or fewer classes than there are");
    }
  }

  /** An idle fleet of devices with one slot each. */
  public static FleetLoad idle(List<String> classes, int... devices) {
    int total = 0;
    for (int count : devices) {
      total += count;
    }
    int[] slotClass = new int[total];
    int[] slotDevice = new int[total];
    int slot = 0;
    for (int k = 0; k < devices.length; k++) {
      for (int i = 0; i < devices[k]; i++) {
        slotClass[slot] = k;
        slotDevice[slot] = slot++;
      }
    }
    return new FleetLoad(classes, slotClass, slotDevice, new double[total], devices.clone());
  }

  /** How many slots each class has now. */
  public int[] slotsByClass() {
    int[] slots = new int[classes.size()];
    for (int k : slotClass) {
      slots[k]++;
    }
    return slots;
  }

  /** By class, the seconds its slots are still taken, added up. */
  double[] takenByClass() {
    double[] taken = new double[classes.size()];
    for (int slot = 0; slot < slotClass.length; slot++) {
      taken[slotClass[slot]] += slotFreeAt[slot];
    }
    return taken;
  }

  /** The same fleet, with more work evenly in front of each slot. */
  FleetLoad behind(double[] secondsByClass) {
    int[] slots = slotsByClass();
    double[] freeAt = slotFreeAt.clone();
    for (int slot = 0; slot < freeAt.length; slot++) {
      freeAt[slot] += secondsByClass[slotClass[slot]] / slots[slotClass[slot]];
    }
    return new FleetLoad(classes, slotClass, slotDevice, freeAt, slotsOnceBack);
  }
}
