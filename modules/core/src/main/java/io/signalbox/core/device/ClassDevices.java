package io.signalbox.core.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The devices of one class that take work: the free ones, and the busy ones in the order in which
 * they should be free. Keys in a sorted set must not change, so a device leaves for every change of
 * its prediction and comes back after it; {@link Fleet} sees to that.
 */
public final class ClassDevices {
  private final DeviceClass deviceClass;
  private final TreeSet<Device> free =
      new TreeSet<>(Comparator.comparingDouble(Device::reluctance).thenComparing(Device::id));
  private final TreeSet<Device> busy =
      new TreeSet<>(Comparator.comparingDouble(Device::availableAt).thenComparing(Device::id));

  ClassDevices(DeviceClass deviceClass) {
    this.deviceClass = deviceClass;
  }

  /** The class. */
  public DeviceClass deviceClass() {
    return deviceClass;
  }

  /** Its name. */
  public String name() {
    return deviceClass.name();
  }

  /** How many devices of the class take work. */
  public int size() {
    return free.size() + busy.size();
  }

  /** How many of them have a free slot, reservations counted. */
  public int freeSize() {
    return free.size();
  }

  /** The device that is free first and has the memory, or null. */
  public @Nullable Device first(long memoryBytes) {
    Device found = first(free, memoryBytes);
    return found == null ? first(busy, memoryBytes) : found;
  }

  /**
   * The devices with a free slot, slow ones last, else by id. One whose attempt should end at this
   * very moment counts among them before it has said so; see {@link Device#idle}.
   */
  public Iterable<Device> free() {
    return free;
  }

  /** The busy devices, in the order in which they should be free. */
  public Iterable<Device> busy() {
    return busy;
  }

  private static @Nullable Device first(Set<Device> devices, long memoryBytes) {
    for (Device device : devices) {
      if (device.hasMemory(memoryBytes)) {
        return device;
      }
    }
    return null;
  }

  void add(Device device) {
    (device.free() ? free : busy).add(device);
  }

  void remove(Device device) {
    if (!free.remove(device)) {
      busy.remove(device);
    }
  }

  /** Devices whose prediction has passed without their being free. */
  List<Device> overdue(double now) {
    List<Device> overdue = new ArrayList<>();
    for (Device device : busy) {
      if (device.availableAt() > now) {
        break;
      }
      overdue.add(device);
    }
    return overdue;
  }
}
