package io.signalbox.simulator.run;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.simulator.generator.GeneratedOperations;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.Network;
import io.signalbox.simulator.workload.Speeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Fleets of the four classes that the data's fleet has, and how fast these are. */
final class UnlikeFleet {
  static final List<DeviceClass> CLASSES =
      List.of(
          new DeviceClass("nvidia-h100", 990, 0, 700, 60),
          new DeviceClass("nvidia-a100", 312, 0, 400, 50),
          new DeviceClass("ascend-910", 256, 0, 310, 50),
          new DeviceClass("cpu", 2, 0, 200, 80));

  private UnlikeFleet() {}

  /** So many devices of each class, with a slot each. */
  static Fleet of(int h100, int a100, int ascend, int cpu) {
    Map<String, Integer> counts =
        new TreeMap<>(
            Map.of("nvidia-h100", h100, "nvidia-a100", a100, "ascend-910", ascend, "cpu", cpu));
    List<Fleet.Device> devices = new ArrayList<>();
    counts.forEach((name, count) -> {
      for (int i = 0; i < count; i++) {
        devices.add(new Fleet.Device(name + "-" + i, name, 1, 0));
      }
    });
    return new Fleet(devices, new Network(1e9, 0.002));
  }

  /** How fast the classes are, also at what generated workloads consist of. */
  static Speeds speeds() {
    return GeneratedOperations.addTo(
        new Speeds(
            Map.of("nvidia-h100", 8.0, "nvidia-a100", 5.0, "ascend-910", 4.0, "cpu", 1.0),
            Map.of()),
        CLASSES);
  }
}
