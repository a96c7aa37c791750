package io.signalbox.cli.fleet;

import io.signalbox.simulator.workload.Fleet.Device;
import io.signalbox.simulator.workload.Network;
import io.signalbox.worker.Result;
import io.signalbox.worker.TaskContext;
import io.signalbox.worker.TaskHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Runs any task by letting the time pass that a device of its class would take: its inputs travel
 * from the devices that have them from the moment these finished, then it computes.
 *
 * <p>The end of a task is a point in time that is fixed when it starts; what the machine is late by
 * in one task isn't added to the next.
 */
final class SimulatedDevice implements TaskHandler {
  private final Device device;
  private final Network network;
  private final RunTimes runTimes;
  private final Scheduler timer;
  private final Clock clock;

  /**
   * A device.
   *
   * @param device what it is
   * @param network in real seconds
   * @param runTimes in real seconds
   * @param timer wakes it
   * @param clock the one whose time the workers' events carry
   */
  SimulatedDevice(Device device, Network network, RunTimes runTimes, Scheduler timer, Clock clock) {
    this.device = device;
    this.network = network;
    this.runTimes = runTimes;
    this.timer = timer;
    this.clock = clock;
  }

  @Override
  public Mono<Result> handle(TaskContext task) {
    long startedNanos = System.nanoTime();
    double seconds =
        secondsUntilDataIsHere(task, clock.instant())
            + runTimes.seconds(task, device.deviceClass());
    long endNanos = startedNanos + Math.round(seconds * 1e9);
    return Mono.defer(() -> {
      long left = endNanos - System.nanoTime();
      return left <= 0
          ? Mono.just(Result.empty())
          : Mono.delay(Duration.ofNanos(left), timer).thenReturn(Result.empty());
    });
  }

  /** 0 when the last input is here already. */
  private double secondsUntilDataIsHere(TaskContext task, Instant now) {
    double latest = 0;
    for (TaskContext.Origin origin : task.origins().values()) {
      double age = ChronoUnit.NANOS.between(origin.finishedAt(), now) / 1e9;
      double transfer = network.transferSeconds(origin.sizeBytes(), origin.deviceId(), device.id());
      latest = Math.max(latest, transfer - age);
    }
    return latest;
  }
}
