package io.signalbox.engine.delivery;

import io.signalbox.events.Assignment;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.Input;
import io.signalbox.events.TaskEvent;
import io.signalbox.worker.VirtualDevice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;

/** A device that works without end: two slots, tasks of four seconds on average. */
final class SoakDevice implements VirtualDevice.World {
  private static final double WAY_SECONDS = 0.003;

  private final Soak soak;
  private final int number;
  private final VirtualDevice device;

  SoakDevice(Soak soak, int number) {
    this.soak = soak;
    this.number = number;
    this.device =
        new VirtualDevice(World.POOL, "d" + number, "gpu", 2, 2, 4, Duration.ZERO, 1, this);
  }

  void start() {
    device.assigned(List.of(number));
    soak.time().after(number / 10.0, this::tick);
  }

  private void tick() {
    device.tick();
    soak.time().after(1, this::tick);
  }

  void deliver(Assignment assignment, int lane, Headers headers) {
    device.deliver(assignment, lane, headers, () -> {});
  }

  @Override
  public Instant now() {
    return Instant.ofEpochSecond((long) VirtualTime.START)
        .plusNanos(Math.round(soak.time().now() * 1e6) * 1_000);
  }

  @Override
  public void say(TaskEvent event, Runnable acknowledged) {
    soak.time()
        .after(
            WAY_SECONDS,
            () -> {
              soak.feed(Wire.TOPICS.taskEvents(), event);
              acknowledged.run();
            });
  }

  @Override
  public void beat(DeviceTelemetry heartbeat) {
    soak.time().after(WAY_SECONDS, () -> soak.feed(Wire.TOPICS.deviceTelemetry(), heartbeat));
  }

  @Override
  public void begins(Assignment assignment, List<Input> inputs) {
    double seconds = 1 + 6 * soak.random().nextDouble();
    soak.time().after(seconds, () -> device.succeeded(assignment, List.of()));
  }

  @Override
  public void after(Duration delay, Runnable step) {
    soak.time().after(delay.toNanos() / 1e9, step);
  }

  @Override
  public void stops(Assignment assignment) {
    // Its end is heard of by nobody.
  }
}
