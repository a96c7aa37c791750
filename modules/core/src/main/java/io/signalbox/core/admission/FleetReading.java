package io.signalbox.core.admission;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.device.Occupant;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a live fleet: its slots, and when what devices hold should be done. */
final class FleetReading {
  /** A task in a device's hands. */
  record Held(int device, double likelyEnd, double latestEnd) {}

  private final RunTimeEstimator estimator;
  private final double now;
  private final List<String> classes = new ArrayList<>();
  private final Map<String, Integer> deviceNumbers = new HashMap<>();
  private final Map<Task, Held> held = new HashMap<>();
  private final int[] slotsOnceBack;
  private final long[] leastMemory;
  private int[] slotClass = new int[64];
  private int[] slotDevice = new int[64];
  private double[] likely = new double[64];
  private double[] latest = new double[64];
  private int slots;

  FleetReading(Fleet fleet, RunTimeEstimator estimator, double now) {
    this.estimator = estimator;
    this.now = now;
    fleet.classes().forEach(each -> classes.add(each.name()));
    slotsOnceBack = new int[classes.size()];
    leastMemory = new long[classes.size()];
    Arrays.fill(leastMemory, Long.MAX_VALUE);
    int number = 0;
    for (ClassDevices each : fleet.classes()) {
      for (Device device : each.free()) {
        read(device, number);
      }
      for (Device device : each.busy()) {
        read(device, number);
      }
      number++;
    }
    for (Device device : fleet.devices()) {
      int k = classes.indexOf(device.deviceClass());
      slotsOnceBack[k] += mayComeBack(device) ? device.report().slots() : 0;
      if (!device.willing()) {
        read(device, k);
      }
    }
  }

  private static boolean mayComeBack(Device device) {
    return !device.drained() && device.report().state() == DeviceReport.State.ACTIVE;
  }

  private void read(Device device, int k) {
    int number = deviceNumbers.size();
    deviceNumbers.put(device.id(), number);
    int count = device.report().slots();
    double[] likelyFree = new double[count];
    double[] latestFree = new double[count];
    lay(device, number, likelyFree, latestFree);
    if (device.willing()) {
      for (int i = 0; i < count; i++) {
        addSlot(k, number, likelyFree[i], latestFree[i]);
      }
      long memory = device.report().memoryTotalBytes();
      leastMemory[k] = Math.min(leastMemory[k], memory == 0 ? Long.MAX_VALUE : memory);
    }
  }

  /** Lays what the device holds onto its slots, running attempts first. */
  private void lay(Device device, int number, double[] likelyFree, double[] latestFree) {
    for (Occupant occupant : device.occupants()) {
      if (occupant.running()) {
        hold(occupant, device, number, likelyFree, latestFree);
      }
    }
    for (Occupant occupant : device.occupants()) {
      if (!occupant.running()) {
        hold(occupant, device, number, likelyFree, latestFree);
      }
    }
  }

  private void hold(
      Occupant occupant, Device device, int number, double[] likelyFree, double[] latestFree) {
    double likelyEnd = endOf(occupant, device, likelyFree, Times.Care.LIKELY);
    double latestEnd = endOf(occupant, device, latestFree, Times.Care.MOST);
    boolean sure = device.willing() && !overdue(occupant, device);
    Held here = new Held(number, likelyEnd, sure ? latestEnd : Double.POSITIVE_INFINITY);
    held.merge(
        occupant.task(), here, (one, other) -> one.likelyEnd() <= other.likelyEnd() ? one : other);
  }

  private boolean overdue(Occupant occupant, Device device) {
    return occupant.running()
        && occupant.startsAt() + seconds(occupant.task(), device, Times.Care.MOST) < now;
  }

  /** Takes the first slot for an occupant; returns when it should be done, from now. */
  private double endOf(Occupant occupant, Device device, double[] free, Times.Care care) {
    int slot = 0;
    for (int i = 1; i < free.length; i++) {
      slot = free[i] < free[slot] ? i : slot;
    }
    double run = seconds(occupant.task(), device, care);
    double end;
    if (occupant.running()) {
      end = occupant.startsAt() + run - now;
      // What is over its time is expected to take as long again as it is late.
      end = end < 0 ? -end : end;
    } else {
      end = Math.max(free[slot], occupant.startsAt() - now) + run;
    }
    free[slot] = Math.max(free[slot], end);
    return end;
  }

  private double seconds(Task task, Device device, Times.Care care) {
    return estimator.quantileSeconds(task.workload(), device.deviceClass(), care.quantile())
        * device.slowness();
  }

  private void addSlot(int k, int device, double likelyFree, double latestFree) {
    if (slots == slotClass.length) {
      slotClass = Arrays.copyOf(slotClass, slots * 2);
      slotDevice = Arrays.copyOf(slotDevice, slots * 2);
      likely = Arrays.copyOf(likely, slots * 2);
      latest = Arrays.copyOf(latest, slots * 2);
    }
    slotClass[slots] = k;
    slotDevice[slots] = device;
    likely[slots] = likelyFree;
    latest[slots++] = latestFree;
  }

  List<String> classes() {
    return classes;
  }

  /** Number of a device, or {@link JobLoad#NOWHERE} when it isn't known any more. */
  int device(String id) {
    return deviceNumbers.getOrDefault(id, JobLoad.NOWHERE);
  }

  @Nullable Held held(Task task) {
    return held.get(task);
  }

  /** True when each device of the class that takes work has that much memory. */
  boolean allHaveMemory(int k, long bytes) {
    return bytes <= leastMemory[k];
  }

  FleetLoad load(Times.Care care) {
    double[] freeAt = care == Times.Care.MOST ? latest : likely;
    return new FleetLoad(
        classes,
        Arrays.copyOf(slotClass, slots),
        Arrays.copyOf(slotDevice, slots),
        Arrays.copyOf(freeAt, slots),
        slotsOnceBack);
  }
}
