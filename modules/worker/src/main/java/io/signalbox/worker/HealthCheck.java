package io.signalbox.worker;

/** Says whether a device is fit for work, beside what its {@link DeviceProbe} measures. */
@FunctionalInterface
public interface HealthCheck {
  /** True when the device is well; must return within a heartbeat's interval. */
  boolean isWell();
}
