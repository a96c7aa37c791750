package io.signalbox.simulator.gantt;

import io.signalbox.simulator.workload.Fleet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where each device is drawn: a lane a device, its slots stacked in it, grouped by class. */
final class Lanes {
  private static final double HEADING = 24;
  private static final double GAP = 3;
  private static final double SPACE = 900;

  /**
   * A device's place.
   *
   * @param device the device
   * @param top its upper edge
   * @param rowHeight height of each of its slots
   */
  record Lane(Fleet.Device device, double top, double rowHeight) {
    double height() {
      return device.slots() * rowHeight;
    }

    double row(int slot) {
      return top + slot * rowHeight;
    }
  }

  /**
   * A class's devices.
   *
   * @param name the class
   * @param baseline where its name stands
   * @param lanes its devices
   */
  record Group(String name, double baseline, List<Lane> lanes) {}

  final List<Group> groups = new ArrayList<>();
  final double bottom;
  private final Map<String, Lane> byDevice = new HashMap<>();

  Lanes(Fleet fleet, double top) {
    Map<String, List<Fleet.Device>> classes = new LinkedHashMap<>();
    int slots = 0;
    for (Fleet.Device device : fleet.devices()) {
      classes.computeIfAbsent(device.deviceClass(), name -> new ArrayList<>()).add(device);
      slots += device.slots();
    }
    // A fleet of any size: few slots are drawn comfortably, many as thin as can still be seen.
    double row = Math.clamp(SPACE / slots, 4, 22);
    double y = top;
    for (Map.Entry<String, List<Fleet.Device>> entry : classes.entrySet()) {
      List<Lane> lanes = new ArrayList<>();
      double baseline = y + HEADING - 7;
      y += HEADING;
      for (Fleet.Device device : entry.getValue()) {
        Lane lane = new Lane(device, y, row);
        lanes.add(lane);
        byDevice.put(device.id(), lane);
        y += lane.height() + GAP;
      }
      groups.add(new Group(entry.getKey(), baseline, List.copyOf(lanes)));
    }
    this.bottom = y;
  }

  Lane of(String device) {
    Lane lane = byDevice.get(device);
    if (lane == null) {
      throw new IllegalArgumentException("there is no device '" + device + "' to draw");
    }
    return lane;
  }
}
