package io.signalbox.benchmarks;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.simulator.workload.Speeds;
import java.util.List;
import java.util.Map;

/** The device classes of the benchmarks and how fast each runs what. */
final class SampleFleet {
  /** As in the shipped list of device classes. */
  static final List<DeviceClass> CLASSES =
      List.of(
          new DeviceClass("nvidia-h100", 989, 0, 700, 75),
          new DeviceClass("nvidia-a100", 312, 0, 400, 55),
          new DeviceClass("ascend-910", 256, 0, 310, 60),
          new DeviceClass("cpu", 1.5, 0, 350, 120),
          new DeviceClass("edge", 67, 0, 60, 10));

  /** Speeds by operation, against a CPU; no class is best at everything. */
  static final Speeds SPEEDS =
      new Speeds(
          Map.of(
              "nvidia-h100", 12.0, "nvidia-a100", 6.0, "ascend-910", 5.0, "cpu", 1.0, "edge", 2.0),
          Map.of(
              "text.tokenize",
              Map.of("nvidia-h100", 1.2, "nvidia-a100", 1.0, "ascend-910", 0.8, "edge", 0.6),
              "vision.detect",
              Map.of("nvidia-h100", 7.0, "nvidia-a100", 6.0, "ascend-910", 7.5, "edge", 3.0),
              "data.join",
              Map.of("nvidia-h100", 1.0, "nvidia-a100", 1.0, "ascend-910", 0.7, "edge", 0.4)));

  private SampleFleet() {}

  /** The class of a fleet's device number: few fast ones, many slow ones. */
  static String classOf(int device) {
    return switch (device % 18) {
      case 0, 1 -> "nvidia-h100";
      case 2, 3, 4, 5 -> "nvidia-a100";
      case 6, 7 -> "ascend-910";
      case 8, 9 -> "edge";
      default -> "cpu";
    };
  }
}
