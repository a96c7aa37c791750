package io.signalbox.worker;

import java.util.Collection;
import java.util.List;

/** Measures a device for its heartbeats. */
@FunctionalInterface
public interface DeviceProbe {
  /** How the device is now; must return within a heartbeat's interval. */
  DeviceReading read();

  /**
   * Memory, load and I/O latency of the machine this JVM runs on: right for devices that are CPUs.
   */
  static DeviceProbe ofMachine() {
    return MachineProbe.started();
  }

  /**
   * Memory, load and power of an NVIDIA GPU, asked of {@code nvidia-smi}, which must be on the
   * path; a GPU that it can't tell of is unhealthy.
   *
   * @param gpu its index, UUID or bus id
   */
  static DeviceProbe ofNvidia(String gpu) {
    return NvidiaProbe.of(gpu);
  }

  /**
   * Memory, load and power of a chip of an Ascend NPU, asked of {@code npu-smi}, which must be on
   * the path; a chip that it can't tell of, or that isn't well, is unhealthy.
   *
   * @param npu number of the NPU
   * @param chip number of the chip on it, counted from 0
   */
  static DeviceProbe ofAscend(int npu, int chip) {
    return AscendProbe.of(npu, chip);
  }

  /** The same probe, whose device is healthy only while all checks say so, too. */
  default DeviceProbe with(Collection<HealthCheck> checks) {
    List<HealthCheck> all = List.copyOf(checks);
    return () -> {
      DeviceReading reading = read();
      return reading.healthy() && all.stream().allMatch(HealthCheck::isWell)
          ? reading
          : reading.unhealthy();
    };
  }
}
