package io.signalbox.engine.rows;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Quarantine;
import io.signalbox.core.job.AttemptRef;
import java.util.List;
import java.util.Set;

/** The fields of a device's row; its id is in the key. */
final class DeviceFields {
  private static final EnumCode<DeviceReport.State> STATES =
      new EnumCode<>(
          List.of(
              DeviceReport.State.ACTIVE, DeviceReport.State.DRAINING, DeviceReport.State.STOPPED));

  private static final EnumCode<Quarantine.Reason> REASONS =
      new EnumCode<>(
          List.of(
              Quarantine.Reason.SLOW,
              Quarantine.Reason.FAILURES,
              Quarantine.Reason.HEALTH_CHECKS,
              Quarantine.Reason.RESPONSE));

  private DeviceFields() {}

  static ByteWriter write(ByteWriter out, DeviceReport report) {
    return out.text(report.deviceClass())
        .number(report.incarnation())
        .number(report.sequence())
        .octet(STATES.number(report.state()))
        .list(report.lanes(), (each, lane) -> each.number(lane))
        .number(report.slots())
        .number(report.prefetch())
        .number(report.linkedOffers())
        .list(report.held(), DeviceFields::writeHeld)
        .number(report.memoryTotalBytes())
        .real(report.bandwidthBytesPerSecond())
        .real(report.linkLatencySeconds())
        .real(report.load())
        .flag(report.healthy());
  }

  /** True when it says more than the first version of rows can hold. */
  static boolean isLabelled(DeviceReport report) {
    return !report.zone().isEmpty() || !report.labels().isEmpty();
  }

  static ByteWriter writeLabels(ByteWriter out, DeviceReport report) {
    return out.text(report.zone()).map(report.labels(), ByteWriter::text);
  }

  /** The report with the labels that come now. */
  static DeviceReport readLabels(ByteReader in, DeviceReport report) {
    return report.in(in.text(), in.map(ByteReader::text));
  }

  static DeviceReport read(ByteReader in, String id) {
    return new DeviceReport(
        id,
        in.text(),
        in.number(),
        in.number(),
        STATES.constant(in.octet()),
        in.list(ByteReader::integer),
        in.integer(),
        in.integer(),
        in.integer(),
        in.list(DeviceFields::readHeld),
        in.number(),
        in.real(),
        in.real(),
        in.real(),
        in.flag(),
        Set.of());
  }

  static void writeQuarantine(ByteWriter out, Quarantine quarantine) {
    out.octet(REASONS.number(quarantine.reason()))
        .real(quarantine.since())
        .real(quarantine.probeAt())
        .number(quarantine.times());
  }

  static Quarantine readQuarantine(ByteReader in) {
    return new Quarantine(REASONS.constant(in.octet()), in.real(), in.real(), in.integer());
  }

  private static void writeHeld(ByteWriter out, DeviceReport.Held held) {
    out.text(held.attempt().job())
        .text(held.attempt().task())
        .number(held.attempt().attempt())
        .flag(held.running());
  }

  private static DeviceReport.Held readHeld(ByteReader in) {
    return new DeviceReport.Held(new AttemptRef(in.text(), in.text(), in.integer()), in.flag());
  }
}
