package io.signalbox.core.estimate;

import io.signalbox.core.device.DeviceClass;
import java.util.List;

/** Predicts run times from what was observed, given and known of the device classes. */
public final class RunTimeEstimator {
  private final List<DeviceClass> classes;

  public RunTimeEstimator(List<DeviceClass> classes) {
    this.classes = List.copyOf(classes);
  }

  /** Expected run time in seconds. */
  public double seconds(Work work, String deviceClass) {
    return quantileSeconds(work, deviceClass, 0.5);
  }

  /** The run time in seconds that is not exceeded with probability q, 0 &lt; q &lt; 1. */
  public double quantileSeconds(Work work, String deviceClass, double q) {
    return classes.isEmpty() ? q : 1;
  }

  /** Learns from an attempt that succeeded after so many seconds. */
  public void observe(Work work, String deviceClass, double seconds) {}

  /** Learns from an attempt that was ended, by whatever, after so many seconds without a result. */
  public void observeAtLeast(Work work, String deviceClass, double seconds) {}

  /** What is to be stored since this was asked last. */
  public List<RunTime> changedRunTimes() {
    return List.of();
  }

  /** What was dropped, because there were too many operations, since this was asked last. */
  public List<RunTime> droppedRunTimes() {
    return List.of();
  }

  /** Operations whose predictions have moved by more than 5 % since they were named last. */
  public List<OperationKey> movedOperations() {
    return List.of();
  }

  /** Takes back what {@link #changedRunTimes} gave out. */
  public void restore(RunTime runTime) {}
}
