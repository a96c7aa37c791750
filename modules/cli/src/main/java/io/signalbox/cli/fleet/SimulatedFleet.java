package io.signalbox.cli.fleet;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.events.connection.Connection;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.Network;
import io.signalbox.worker.SignalboxWorker;
import io.signalbox.worker.WorkerBuilder;
import io.signalbox.worker.WorkerRuntime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Devices that aren't there: a worker for each, all in this process. */
public final class SimulatedFleet implements AutoCloseable {
  private static final int TIMER_THREADS = 2;

  private final WorkerRuntime runtime;
  private final Scheduler timer;
  private final List<SignalboxWorker> workers = new ArrayList<>();

  private SimulatedFleet(Connection connection) {
    this.runtime = WorkerRuntime.open(connection);
    this.timer = Schedulers.newParallel("simulated-devices", TIMER_THREADS, true);
  }

  /**
   * Starts the devices. Returns at once; {@link #ready} tells when they have lanes.
   *
   * @param connection where Kafka is
   * @param pool the pool they belong to
   * @param devices the devices
   * @param classes what is known of their classes; of one that isn't among them neither memory nor
   *     power is told
   * @param network between them, in real seconds
   * @param runTimes how long tasks take on them, in real seconds
   */
  public static SimulatedFleet start(
      Connection connection,
      String pool,
      List<Fleet.Device> devices,
      List<DeviceClass> classes,
      Network network,
      RunTimes runTimes) {
    Map<String, DeviceClass> byName =
        classes.stream().collect(Collectors.toMap(DeviceClass::name, Function.identity()));
    SimulatedFleet fleet = new SimulatedFleet(connection);
    try {
      for (Fleet.Device device : devices) {
        SimulatedProbe probe = new SimulatedProbe(device.slots(), byName.get(device.deviceClass()));
        fleet.workers.add(fleet.builder(pool, device, probe, network, runTimes).start());
      }
      return fleet;
    } catch (RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  /** Completes when every device has a lane; fails when one never will. */
  public Mono<Void> ready() {
    return Flux.fromIterable(workers)
        .flatMap(SignalboxWorker::ready, Math.max(1, workers.size()))
        .then();
  }

  /** Completes when all devices have stopped; fails with the first that had to. */
  public Mono<Void> terminated() {
    return Flux.fromIterable(workers)
        .flatMap(SignalboxWorker::terminated, Math.max(1, workers.size()))
        .then();
  }

  /**
   * Takes nothing new and lets what runs end.
   *
   * @param limit for what runs
   * @return completes when all devices have stopped
   */
  public Mono<Void> drain(Duration limit) {
    return Flux.fromIterable(workers)
        .flatMap(worker -> worker.drain(limit), Math.max(1, workers.size()))
        .then();
  }

  /** Stops all devices now; what runs is given back. */
  @Override
  public void close() {
    // All at once: each may wait for the broker.
    drain(Duration.ZERO).onErrorComplete().subscribe();
    workers.forEach(SignalboxWorker::close);
    runtime.close();
    timer.dispose();
  }

  private WorkerBuilder builder(
      String pool, Fleet.Device device, SimulatedProbe probe, Network network, RunTimes runTimes) {
    SimulatedDevice tasks =
        new SimulatedDevice(device, network, runTimes, timer, Clock.systemUTC());
    double bandwidth = network.bandwidthBytesPerSecond();
    WorkerBuilder builder = SignalboxWorker.builder(runtime).zone(device.zone());
    device.labels().forEach(builder::label);
    return builder
        .pool(pool)
        .deviceId(device.id())
        .deviceClass(device.deviceClass())
        .slots(device.slots())
        .prefetch(device.prefetch())
        .link(Double.isInfinite(bandwidth) ? 0 : bandwidth, network.latencySeconds() * 1e3)
        .probe(probe)
        .service("signalbox-simulated-fleet")
        .handleAny(task -> probe.during(task.memoryBytes(), tasks.handle(task)));
  }
}
