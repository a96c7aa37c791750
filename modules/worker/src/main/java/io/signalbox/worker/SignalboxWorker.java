package io.signalbox.worker;

import io.signalbox.events.connection.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One device at work: it takes assignments from its class's topic, runs their handlers and reports.
 *
 * <p>Delivery is at least once: an attempt whose offset couldn't be committed is offered again, and
 * the engine lets the first completion win; handlers with effects of their own should bear a second
 * run.
 */
public final class SignalboxWorker implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(15);

  private final Device device;

  SignalboxWorker(Device device) {
    this.device = device;
  }

  /** Describes a worker with a producer of its own. */
  public static WorkerBuilder builder(Connection connection) {
    return new WorkerBuilder(connection, null);
  }

  /** Describes a worker that shares its producer with others; it doesn't close the runtime. */
  public static WorkerBuilder builder(WorkerRuntime runtime) {
    return new WorkerBuilder(null, runtime);
  }

  /** Completes when the worker holds its first lane and has said so; fails if it never will. */
  public Mono<Void> ready() {
    return device.ready();
  }

  /**
   * Completes when the worker has stopped after {@link #drain} or {@link #close}; fails when it
   * stopped because it couldn't read its assignments or write its reports any more.
   */
  public Mono<Void> terminated() {
    return device.terminated();
  }

  /**
   * Stops gracefully: takes nothing new, gives back what waits, lets what runs end.
   *
   * @param limit for what runs; what is left then is stopped and given back
   * @return completes when the worker has stopped; it drains with or without a subscriber
   */
  public Mono<Void> drain(Duration limit) {
    device.drain(limit);
    return terminated();
  }

  /** How many assignments were passed over, by reason, since the start. */
  public Map<DropReason, Long> dropped() {
    return device.dropped();
  }

  /** Stops now: what runs is stopped and given back. Waits for the end, at most 15 seconds. */
  @Override
  public void close() {
    CountDownLatch end = new CountDownLatch(1);
    drain(Duration.ZERO).doFinally(signal -> end.countDown()).onErrorComplete().subscribe();
    try {
      if (!end.await(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("The worker didn't stop within " + CLOSE_LIMIT);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Announces at once that the device stands in another zone. */
  public void zone(String zone) {
    device.announce(where -> where.in(zone));
  }

  /**
   * Announces at once that the device has a label, or has it no more.
   *
   * @param value null takes the label away
   */
  public void label(String label, @Nullable String value) {
    device.announce(where -> where.with(label, value));
  }
}
