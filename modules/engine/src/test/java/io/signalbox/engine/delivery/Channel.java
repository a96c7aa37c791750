package io.signalbox.engine.delivery;

import io.signalbox.engine.delivery.Fault.Kind;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;

/**
 * A process's way to one topic: records keep their order and are acknowledged once the log has
 * them, but for what faults do. A record that is lost is acknowledged all the same, as if a broker
 * had lost what it had confirmed.
 */
final class Channel {
  private final World world;
  private final String topic;
  private final int device;
  private final Kind lost;
  private final Kind doubled;
  private final Kind delayed;
  private final Kind reordered;
  private final BooleanSupplier sends;
  private double last;

  /**
   * @param sends false once what is still unsent is lost with its process
   */
  private Channel(
      World world,
      String topic,
      int device,
      Kind lost,
      Kind doubled,
      Kind delayed,
      Kind reordered,
      BooleanSupplier sends) {
    this.world = world;
    this.topic = topic;
    this.device = device;
    this.lost = lost;
    this.doubled = doubled;
    this.delayed = delayed;
    this.reordered = reordered;
    this.sends = sends;
  }

  static Channel events(World world, int device, BooleanSupplier sends) {
    return new Channel(
        world,
        Wire.TOPICS.taskEvents(),
        device,
        Kind.EVENTS_LOST,
        Kind.EVENTS_DOUBLED,
        Kind.EVENTS_DELAYED,
        Kind.EVENTS_REORDERED,
        sends);
  }

  static Channel telemetry(World world, int device, BooleanSupplier sends) {
    return new Channel(
        world,
        Wire.TOPICS.deviceTelemetry(),
        device,
        Kind.TELEMETRY_LOST,
        Kind.TELEMETRY_DOUBLED,
        Kind.TELEMETRY_DELAYED,
        Kind.TELEMETRY_REORDERED,
        sends);
  }

  void send(SpecificRecord value, Runnable acknowledged) {
    double way = world.between(0.001, 0.02);
    if (world.strikes(delayed, device) != null) {
      way += world.between(0.2, 6);
    }
    double arrives = Math.max(last, world.time.now() + way);
    if (world.strikes(reordered, device) != null) {
      arrives = world.time.now() + way + world.between(0, 3);
    } else {
      last = arrives;
    }
    boolean gone = world.strikes(lost, device) != null;
    boolean twice = world.strikes(doubled, device) != null;
    world.time.at(
        arrives,
        () -> {
          if (sends.getAsBoolean()) {
            if (!gone) {
              world.append(topic, value, device);
            }
            world.time.after(world.between(0.001, 0.004), acknowledged);
          }
        });
    if (twice) {
      world.time.at(arrives + world.between(0, 6), () -> world.append(topic, value, device));
    }
  }
}
