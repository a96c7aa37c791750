package io.signalbox.simulator.run;

import io.signalbox.core.pool.PoolSettings;
import io.signalbox.simulator.scenario.Outage;
import io.signalbox.simulator.scenario.Scenario;
import java.util.Arrays;
import java.util.List;

/**
 * Devices that are lost and come back. The pool learns of a loss as the engine does, by silence
 * that outlasts the lease, so all other devices must go on sending heartbeats; they do so whenever
 * the pool is about to look.
 */
final class Outages {
  private final double leaseSeconds;
  private final Execution execution;
  private double lastHeartbeats;

  Outages(List<Outage> outages, PoolSettings settings, Execution execution, EventQueue events) {
    this.leaseSeconds = settings.leaseSeconds();
    this.execution = execution;
    for (Outage outage : outages) {
      VirtualDevice device = find(outage.device());
      events.add(outage.fromSeconds(), new Happening.Silence(device));
      if (outage.untilSeconds() < Double.POSITIVE_INFINITY) {
        events.add(outage.untilSeconds(), new Happening.Return(device));
      }
    }
  }

  /** A lease and an offer that end while a run lasts, as the engine has them. */
  static PoolSettings finite(PoolSettings endless, Scenario scenario) {
    PoolSettings usual = PoolSettings.of(endless.deviceClasses());
    // An offer also holds while its inputs travel: only a silent device lets it end.
    double longest =
        Arrays.stream(scenario.transferSeconds()).flatMapToDouble(Arrays::stream).max().orElse(0);
    return new PoolSettings(
        endless.deviceClasses(),
        usual.offerSeconds() + longest,
        endless.clockSkewSeconds(),
        usual.leaseSeconds(),
        endless.maxAttempts(),
        endless.backoffSeconds(),
        endless.maxBackoffSeconds(),
        endless.endedJobSeconds(),
        endless.linkedOffers(),
        endless.limits(),
        endless.placement(),
        endless.speculation());
  }

  private VirtualDevice find(String id) {
    for (VirtualDevice device : execution.devices()) {
      if (device.device.id().equals(id)) {
        return device;
      }
    }
    throw new IllegalStateException("device '" + id + "' was there before");
  }

  void begin(VirtualDevice device, double now) {
    // Its last heartbeat was a moment ago.
    execution.report(device, now);
    execution.fallSilent(device, now);
  }

  void end(VirtualDevice device, double now) {
    execution.startAnew(device, now);
  }

  /** Lets the devices that can say that they are there, often enough for their leases. */
  void heartbeats(double now) {
    if (now - lastHeartbeats > leaseSeconds / 3) {
      lastHeartbeats = now;
      for (VirtualDevice device : execution.devices()) {
        if (!device.silent()) {
          execution.report(device, now);
        }
      }
    }
  }
}
