package io.signalbox.worker;

import java.lang.management.ManagementFactory;

/** Measures a device for its heartbeats. */
@FunctionalInterface
public interface DeviceProbe {
  /** How the device is now; must return within a heartbeat's interval. */
  DeviceReading read();

  /** Memory and load of the machine this JVM runs on: right for devices that are CPUs. */
  static DeviceProbe ofMachine() {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean machine) {
      return () ->
          new DeviceReading(
              machine.getTotalMemorySize(),
              machine.getFreeMemorySize(),
              machine.getCpuLoad(),
              null,
              true);
    }
    return () -> DeviceReading.UNKNOWN;
  }
}
