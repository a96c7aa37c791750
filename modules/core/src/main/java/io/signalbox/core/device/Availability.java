package io.signalbox.core.device;

import io.signalbox.core.job.TaskKind;

/** Whether a device can take a task now and, when it can't, what stands in the way. */
public enum Availability {
  /** A slot has nothing to do. */
  FREE,
  /** It takes work, but each slot has some. */
  FULL,
  /** It takes work, but has less memory than the task needs. */
  TOO_SMALL,
  /** It takes work, but lacks a label that the task requires. */
  WITHOUT_LABEL,
  /** It gave an offer back and gets no other before its next heartbeat. */
  RESTING,
  /** It reads no lane yet, so that no offer can reach it. */
  WITHOUT_LANE,
  /** Its health check fails. */
  UNHEALTHY,
  /** It came to no good too often and gets no offers, or a single one on probation. */
  QUARANTINED,
  /** It finishes what it holds and takes nothing new. */
  DRAINING,
  /** It is silent or gone. */
  LOST;

  /** How a device stands towards a task. */
  public static Availability of(Device device, TaskKind kind) {
    DeviceReport report = device.report();
    if (device.lost()) {
      return LOST;
    }
    if (device.drained() || report.state() != DeviceReport.State.ACTIVE) {
      return DRAINING;
    }
    if (!report.healthy()) {
      return UNHEALTHY;
    }
    if (report.lanes().isEmpty()) {
      return WITHOUT_LANE;
    }
    if (!device.willing()) {
      return device.quarantine() == null ? RESTING : QUARANTINED;
    }
    if (!device.hasMemory(kind.memoryBytes())) {
      return TOO_SMALL;
    }
    if (!device.fits(kind)) {
      return WITHOUT_LABEL;
    }
    return device.idle() ? FREE : FULL;
  }

  /** True when the device can run the task, now or when a slot is free. */
  public boolean fits() {
    return this == FREE || this == FULL;
  }
}
