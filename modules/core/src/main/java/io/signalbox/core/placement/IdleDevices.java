package io.signalbox.core.placement;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.job.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The devices that have a slot with nothing to do, class by class in the order of the settings and
 * by id within a class: the order of the fleet.
 */
final class IdleDevices {
  private final Fleet fleet;

  IdleDevices(Fleet fleet) {
    this.fleet = fleet;
  }

  /** True when some class that the group's tasks may run on has one. */
  boolean any(ReadyTasks.Group group) {
    return any(group.classes());
  }

  /** True when some class of the list has one; an empty list means any class. */
  boolean any(List<String> classes) {
    for (ClassDevices candidates : fleet.classes()) {
      if (Finishes.allows(classes, candidates) && any(candidates)) {
        return true;
      }
    }
    return false;
  }

  private static boolean any(ClassDevices candidates) {
    for (Device device : candidates.free()) {
      if (device.idle()) {
        return true;
      }
    }
    return false;
  }

  /** The first one that can take the task, or null. */
  @Nullable Device first(Task task) {
    for (ClassDevices candidates : fleet.classes()) {
      Device device = first(task, candidates);
      if (device != null) {
        return device;
      }
    }
    return null;
  }

  /** The first one of the class that can take the task, or null. */
  @Nullable Device first(Task task, ClassDevices candidates) {
    if (Finishes.allows(task.kind().classes(), candidates)) {
      for (Device device : candidates.free()) {
        if (takes(device, task)) {
          return device;
        }
      }
    }
    return null;
  }

  /** All that can take the task. */
  List<Device> all(Task task) {
    List<Device> all = new ArrayList<>();
    for (ClassDevices candidates : fleet.classes()) {
      if (Finishes.allows(task.kind().classes(), candidates)) {
        for (Device device : candidates.free()) {
          if (takes(device, task)) {
            all.add(device);
          }
        }
      }
    }
    return all;
  }

  private static boolean takes(Device device, Task task) {
    return device.idle() && device.fits(task.kind());
  }
}
