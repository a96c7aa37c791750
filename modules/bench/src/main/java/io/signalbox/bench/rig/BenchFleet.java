package io.signalbox.bench.rig;

import io.signalbox.bench.BenchException;
import io.signalbox.events.connection.Connection;
import io.signalbox.worker.DeviceReading;
import io.signalbox.worker.SignalboxWorker;
import io.signalbox.worker.TaskHandler;
import io.signalbox.worker.WorkerRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/** Workers of one pool and class in this process, with one producer for all. */
public final class BenchFleet implements AutoCloseable {
  private final WorkerRuntime runtime;
  private final List<SignalboxWorker> workers = new ArrayList<>();

  private BenchFleet(Connection connection) {
    this.runtime = WorkerRuntime.open(connection);
  }

  /**
   * Starts the workers and returns when each has a lane.
   *
   * @param handler runs every task
   * @throws BenchException when they have none in time
   */
  public static BenchFleet start(
      Connection connection, String pool, FleetSize size, TaskHandler handler, Duration limit) {
    BenchFleet fleet = new BenchFleet(connection);
    try {
      for (int i = 0; i < size.devices(); i++) {
        fleet.workers.add(
            SignalboxWorker.builder(fleet.runtime)
                .pool(pool)
                .deviceId(pool + "-device-" + i)
                .deviceClass(size.deviceClass())
                .slots(size.slots())
                .prefetch(size.prefetch())
                .linkedOffers(size.linkedOffers())
                .probe(() -> DeviceReading.UNKNOWN)
                .service("signalbox-bench")
                .handleAny(handler)
                .start());
      }
      fleet.awaitLanes(limit);
      return fleet;
    } catch (RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  private void awaitLanes(Duration limit) {
    try {
      Flux.fromIterable(workers)
          .flatMap(SignalboxWorker::ready, Math.max(1, workers.size()))
          .then()
          .block(limit);
    } catch (IllegalStateException e) {
      throw new BenchException(
          "not all of the %d workers have a lane after %d s"
              .formatted(workers.size(), limit.toSeconds()),
          e);
    }
  }

  @Override
  public String toString() {
    return workers.size() + " workers";
  }

  /** Stops all workers, together. */
  @Override
  public void close() {
    Flux.fromIterable(workers)
        .flatMap(worker -> worker.drain(Duration.ZERO), Math.max(1, workers.size()))
        .onErrorComplete()
        .subscribe();
    workers.forEach(SignalboxWorker::close);
    runtime.close();
  }
}
