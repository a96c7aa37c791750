package io.signalbox.simulator.run;

import io.signalbox.core.pool.PoolSettings;
import io.signalbox.simulator.scenario.Disturbance;
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
  /** The pool looks for silent devices four times a second. */
  private static final double LOOK_SECONDS = 0.26;

  private final PoolSettings settings;
  private final Execution execution;
  private final EventQueue events;
  private double lastHeartbeats;

  Outages(List<Outage> outages, PoolSettings settings, Execution execution, EventQueue events) {
    this.settings = settings;
    this.execution = execution;
    this.events = events;
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
        endless.limits(),
        endless.policy(),
        endless.speculation());
  }

  /**
   * The outages must be of devices of the fleet.
   *
   * @throws IllegalArgumentException naming the devices there are when one isn't
   */
  static void check(Disturbance disturbance, Scenario scenario) {
    List<String> ids = scenario.fleet().devices().stream().map(device -> device.id()).toList();
    for (Outage outage : disturbance.outages()) {
      if (!ids.contains(outage.device())) {
        throw new IllegalArgumentException(
            "the fleet has no device '%s' to lose; it has %s"
                .formatted(outage.device(), String.join(", ", ids)));
      }
    }
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
    events.add(now + settings.leaseSeconds() + LOOK_SECONDS, new Happening.Wake());
  }

  void end(VirtualDevice device, double now) {
    execution.startAnew(device, now);
  }

  /** An offer went to a silent device: the pool takes it back when it ends. */
  void unheard(Attempt attempt) {
    events.add(attempt.acceptBy, new Happening.Wake());
  }

  /** Lets the devices that can say that they are there, often enough for their leases. */
  void heartbeats(double now) {
    if (now - lastHeartbeats > settings.leaseSeconds() / 3) {
      lastHeartbeats = now;
      for (VirtualDevice device : execution.devices()) {
        if (!device.silent()) {
          execution.report(device, now);
        }
      }
    }
  }
}
