package io.signalbox.core.plan;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The slots of a fleet's willing devices as a static problem's processors, a device being a memory.
 * The last processor is where nothing can be placed: it holds what lies on any other device.
 */
final class Processors {
  /** The classes, in the order of the settings. */
  final List<ClassDevices> classes;

  /** Slots of each class. */
  final int[] slots;

  /** The class of each processor but the last. */
  final int[] kinds;

  /** The device of each processor, as a number; the last one's is its own. */
  final int[] memories;

  private final List<Device> devices = new ArrayList<>();
  private final Map<String, Integer> firstProcessor = new HashMap<>();

  Processors(Fleet fleet) {
    classes = List.copyOf(fleet.classes());
    slots = classes.stream().mapToInt(ClassDevices::slots).toArray();
    List<Integer> kindList = new ArrayList<>();
    List<Integer> memoryList = new ArrayList<>();
    for (int kind = 0; kind < classes.size(); kind++) {
      List<Device> ofClass = new ArrayList<>();
      classes.get(kind).free().forEach(ofClass::add);
      classes.get(kind).busy().forEach(ofClass::add);
      // By id, so that equal histories give equal plans.
      ofClass.sort((left, right) -> left.id().compareTo(right.id()));
      for (Device device : ofClass) {
        firstProcessor.put(device.id(), kindList.size());
        for (int slot = 0; slot < device.report().slots(); slot++) {
          kindList.add(kind);
          memoryList.add(devices.size());
        }
        devices.add(device);
      }
    }
    kindList.add(classes.size());
    memoryList.add(devices.size());
    kinds = kindList.stream().mapToInt(Integer::intValue).toArray();
    memories = memoryList.stream().mapToInt(Integer::intValue).toArray();
  }

  /** How many there are, the last one included. */
  int count() {
    return kinds.length;
  }

  /** The devices, in the order of their processors. */
  List<Device> devices() {
    return devices;
  }

  /** How many times as long as expected its device takes. */
  double slowness(int processor) {
    return devices.get(memories[processor]).slowness();
  }

  /** The first processor of a device, or the last one of all when it takes no work. */
  int of(String device) {
    return firstProcessor.getOrDefault(device, kinds.length - 1);
  }
}
