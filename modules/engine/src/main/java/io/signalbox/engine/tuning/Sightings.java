package io.signalbox.engine.tuning;

import io.signalbox.core.tuning.Reschedule;
import io.signalbox.core.tuning.Sighting;
import io.signalbox.engine.translate.EpochSeconds;
import io.signalbox.events.DeviceState;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.HeldAttempt;
import io.signalbox.events.RescheduleTrigger;
import io.signalbox.events.TaskEvent;

/** The topics' words as those of the core, and back. */
public final class Sightings {
  private Sightings() {}

  /** What a heartbeat says of a device, as far as it is watched. */
  public static Sighting of(DeviceTelemetry telemetry) {
    int running = 0;
    for (HeldAttempt held : telemetry.getHeld()) {
      running += held.getRunning() ? 1 : 0;
    }
    return new Sighting(
        telemetry.getDeviceId(),
        telemetry.getDeviceClass(),
        telemetry.getState() == DeviceState.ACTIVE,
        telemetry.getHealthy(),
        telemetry.getSlots(),
        running,
        telemetry.getLoad(),
        telemetry.getLinkLatencyMillis() / 1e3);
  }

  /** Run time of an attempt that ended, in seconds. */
  static double seconds(TaskEvent event) {
    return EpochSeconds.of(event.getAt()) - EpochSeconds.of(event.getStartedAt());
  }

  static io.signalbox.events.Reschedule command(Reschedule order) {
    return io.signalbox.events.Reschedule.newBuilder()
        .setDeviceId(order.device())
        .setTrigger(
            switch (order.trigger()) {
              case HEALTH_CHECKS -> RescheduleTrigger.HEALTH_CHECKS;
              case RESPONSE -> RescheduleTrigger.RESPONSE;
              case OCCUPANCY -> RescheduleTrigger.OCCUPANCY;
            })
        .setObserved(order.observed())
        .setThreshold(order.threshold())
        .setWeight(order.weight())
        .build();
  }
}
