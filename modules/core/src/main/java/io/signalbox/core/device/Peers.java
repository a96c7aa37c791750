package io.signalbox.core.device;

import java.util.ArrayList;
import java.util.List;

/**
 * The devices of one class compared with one another: what makes all of them slow, a wrong estimate
 * or a hard day, is no device's fault. The median is taken anew after as many samples as there are
 * devices, so that a sample costs O(log devices).
 */
final class Peers {
  private final List<Device> devices = new ArrayList<>();
  private double median;
  private boolean comparable;
  private int samplesLeft;

  void add(Device device) {
    devices.add(device);
  }

  void remove(Device device) {
    devices.remove(device);
  }

  /** Counts a sample; true when enough is known of the device and of others to compare them. */
  boolean canJudge(Device device) {
    if (--samplesLeft <= 0) {
      refresh();
    }
    return comparable && device.health().isKnown();
  }

  /**
   * ln of how many times as long as its peers the device takes. What the device itself is off by
   * bounds it: where the others are faster than predicted, the prediction is what is wrong.
   */
  double relativeLogRatio(Device device) {
    double own = device.health().logRatio();
    return Math.min(own, own - median);
  }

  private void refresh() {
    double[] ratios =
        devices.stream()
            .filter(device -> device.health().isKnown())
            .mapToDouble(device -> device.health().logRatio())
            .sorted()
            .toArray();
    comparable = ratios.length >= 2;
    // The lower one of two: the slow device of a pair is the slow one.
    median = comparable ? ratios[(ratios.length - 1) / 2] : 0;
    samplesLeft = Math.max(8, devices.size());
  }

  /** True when one more device may be quarantined for its slowness: at most half of the class. */
  boolean canSpareOne() {
    long quarantined = devices.stream().filter(device -> device.quarantine() != null).count();
    return 2 * (quarantined + 1) <= devices.size();
  }
}
