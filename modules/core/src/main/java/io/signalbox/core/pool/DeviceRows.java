package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Vitals;
import java.util.List;
import java.util.Set;

/** What of a device is worth storing. */
final class DeviceRows {
  private DeviceRows() {}

  static void save(Device device, Turn turn) {
    turn.save(
        new Row.DeviceRow(
            stored(device.report()), device.drained(), device.slowness(), device.quarantine()));
  }

  /** What of a report is worth storing: not what changes with every heartbeat. */
  static DeviceReport stored(DeviceReport report) {
    return new DeviceReport(
        report.id(),
        report.deviceClass(),
        report.incarnation(),
        0,
        report.state(),
        report.lanes(),
        report.slots(),
        report.prefetch(),
        report.linkedOffers(),
        List.of(),
        report.memoryTotalBytes(),
        report.bandwidthBytesPerSecond(),
        report.linkLatencySeconds(),
        0,
        report.healthy(),
        Set.of(),
        report.zone(),
        report.labels(),
        List.of(),
        Vitals.UNKNOWN);
  }
}
