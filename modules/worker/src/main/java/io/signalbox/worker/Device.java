package io.signalbox.worker;

import io.signalbox.events.Assignment;
import io.signalbox.events.AssignmentType;
import io.signalbox.events.DeviceState;
import io.signalbox.events.ErrorType;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskSpec;
import io.signalbox.reactive.Delivery;
import io.signalbox.reactive.PartitionListener;
import io.signalbox.reactive.TaskBatches;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The shell of a device: brings deliveries, handlers' ends, lanes and ticks to {@link Offers} one
 * after the other, and carries out its {@link Moves}.
 */
final class Device implements Moves {
  private static final Logger log = LoggerFactory.getLogger(Device.class);
  private static final int READ_AHEAD = 256;
  private static final AtomicLong LAST_INCARNATION = new AtomicLong();

  private final WorkerSettings settings;
  private final Handlers handlers;
  private final WorkerRuntime runtime;
  private final DeviceProbe probe;
  private final LinkProbe links;
  private final WorkerClock clock;
  private final Runnable onClosed;

  private final Serial serial = new Serial(this::fail);
  private final Offers offers;
  private final Reports reports;
  private final Outbox outbox;
  private final Intake intake = new Intake();
  private final Map<AttemptId, Attempt> attempts = new HashMap<>();
  private final TreeSet<Integer> lanes = new TreeSet<>();
  private final RecentOperations recent = new RecentOperations();
  private final UntoldStarts untold = new UntoldStarts();
  private final Disposable.Swap telling = Disposables.swap();
  private final Map<DropReason, AtomicLong> dropped = new ConcurrentHashMap<>();
  private final Disposable.Composite timers = Disposables.composite();
  private final Sinks.Empty<Void> ready = Sinks.empty();
  private final Sinks.Empty<Void> terminated = Sinks.empty();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private DeviceState state = DeviceState.ACTIVE;
  private DeviceReading reading = DeviceReading.UNKNOWN;
  private Whereabouts where;
  private Map<String, LinkProbe.Reading> ways = Map.of();

  Device(
      WorkerSettings settings,
      Handlers handlers,
      WorkerRuntime runtime,
      DeviceProbe probe,
      LinkProbe links,
      WorkerClock clock,
      Runnable onClosed) {
    this.settings = settings;
    this.handlers = handlers;
    this.runtime = runtime;
    this.probe = probe;
    this.links = links;
    this.where = new Whereabouts(settings.zone(), settings.labels());
    this.clock = clock;
    this.onClosed = onClosed;
    offers =
        new Offers(
            settings.pool(),
            settings.deviceId(),
            settings.slots(),
            settings.prefetch(),
            settings.linkedOffers(),
            this);
    reports = new Reports(settings, incarnation());
    outbox = new Outbox(runtime.sender(), serial, this::fail);
    timers.add(telling);
  }

  /** Milliseconds since the epoch, and a later one than any before in this process. */
  private static long incarnation() {
    return LAST_INCARNATION.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis()));
  }

  void start() {
    long interval = settings.heartbeatInterval().toMillis();
    long jitter = ThreadLocalRandom.current().nextLong(interval);
    timers.add(
        runtime.timer().schedulePeriodically(this::tick, jitter, interval, TimeUnit.MILLISECONDS));
    Lanes.read(runtime.connection(), settings, new LaneListener()).subscribe(intake);
  }

  Mono<Void> ready() {
    return ready.asMono();
  }

  Mono<Void> terminated() {
    return terminated.asMono();
  }

  Map<DropReason, Long> dropped() {
    Map<DropReason, Long> counts = new EnumMap<>(DropReason.class);
    dropped.forEach((reason, count) -> counts.put(reason, count.get()));
    return counts;
  }

  // Heartbeats.

  private void tick() {
    DeviceReading now = measure();
    Map<String, LinkProbe.Reading> waysNow = measureLinks();
    serial.run(() -> {
      reading = now;
      ways = waysNow;
      offers.expire(clock.now());
      beat();
    });
  }

  private DeviceReading measure() {
    try {
      return probe.read();
    } catch (RuntimeException broken) {
      log.warn("{}: the probe failed, reported as unhealthy", settings.deviceId(), broken);
      return new DeviceReading(0, 0, 0, null, false);
    }
  }

  private Map<String, LinkProbe.Reading> measureLinks() {
    try {
      return links.read();
    } catch (RuntimeException broken) {
      log.warn("{}: the probe of links failed", settings.deviceId(), broken);
      return Map.of();
    }
  }

  /** Says at once where it stands and what it can do from now on. */
  void announce(UnaryOperator<Whereabouts> change) {
    serial.run(() -> {
      where = change.apply(where);
      beat();
    });
  }

  private void beat() {
    if (failure.get() == null) {
      send(
          runtime.connection().topics().deviceTelemetry(),
          settings.pool(),
          reports.heartbeat(
              state, lanes, offers, reading, recent.operations(), where, ways, clock.now()),
          List.of(),
          () -> {});
    }
  }

  // Assignments.

  private void take(Delivery<String, Assignment> delivery) {
    Assignment assignment = delivery.value();
    Instant now = clock.now();
    if (assignment.getType() == AssignmentType.RUN) {
      TraceContext trace = TraceContext.childOf(delivery.record().headers());
      int lane = delivery.partition().partition();
      offers.offered(
          new Offer(AttemptId.of(assignment), assignment, lane, trace, delivery::ack), now);
    } else {
      if (assignment.getPool().equals(settings.pool())) {
        offers.cancelled(AttemptId.of(assignment), now);
      }
      delivery.ack();
    }
  }

  @Override
  public void start(Offer offer) {
    Attempt attempt = begin(offer);
    if (isBrief(offer)) {
      runFirst(attempt);
      return;
    }
    say(
        offer,
        reports.started(offer.assignment(), attempt.startedAt()),
        () -> {
          offer.acknowledge().run();
          if (attempts.get(offer.attempt()) == attempt) {
            attempt.run(handlers, this::succeeded, this::failed);
          }
        });
  }

  /**
   * Without waiting for the broker: reports keep their order, so if STARTED were lost, the end of
   * the attempt before would be too, and the engine would take both back.
   */
  @Override
  public void follow(Offer offer) {
    Attempt attempt = begin(offer);
    if (isBrief(offer)) {
      runFirst(attempt);
      return;
    }
    sayStarted(attempt);
    attempt.run(handlers, this::succeeded, this::failed);
  }

  /** Whether the attempt should be over before STARTED has to be written. */
  private boolean isBrief(Offer offer) {
    return recent.tookLess(offer.assignment().getOperation(), settings.startDelay());
  }

  private void runFirst(Attempt attempt) {
    if (untold.isEmpty()) {
      tellLater();
    }
    untold.add(attempt);
    attempt.run(handlers, this::succeeded, this::failed);
  }

  private void tellLater() {
    telling.replace(
        runtime
            .timer()
            .schedule(
                () -> serial.run(this::tellStarts),
                settings.startDelay().toNanos(),
                TimeUnit.NANOSECONDS));
  }

  private void tellStarts() {
    untold.due().forEach(this::sayStarted);
    if (!untold.isEmpty()) {
      tellLater();
    }
  }

  /** Says that the attempt has started, unless that was said. */
  private void tell(Attempt attempt) {
    if (untold.remove(attempt.offer().attempt())) {
      sayStarted(attempt);
    }
  }

  private void sayStarted(Attempt attempt) {
    say(
        attempt.offer(),
        reports.started(attempt.assignment(), attempt.startedAt()),
        attempt.offer().acknowledge());
  }

  private Attempt begin(Offer offer) {
    Attempt attempt =
        new Attempt(
            offer,
            settings.deviceId(),
            clock.now(),
            share -> serial.run(() -> progressed(offer.attempt(), share)));
    attempts.put(offer.attempt(), attempt);
    return attempt;
  }

  @Override
  public void release(Offer offer, String reason) {
    say(offer, reports.released(offer.assignment(), reason, clock.now()), offer.acknowledge());
  }

  @Override
  public void drop(Offer offer, DropReason reason) {
    dropped.computeIfAbsent(reason, unused -> new AtomicLong()).incrementAndGet();
    offer.acknowledge().run();
  }

  @Override
  public void stop(Offer offer, String reason) {
    Attempt attempt = attempts.remove(offer.attempt());
    untold.remove(offer.attempt());
    if (attempt != null) {
      attempt.stop();
    }
    release(offer, reason);
  }

  // What handlers bring about.

  private void progressed(AttemptId id, double share) {
    Attempt attempt = attempts.get(id);
    if (attempt != null) {
      tell(attempt);
      say(attempt.offer(), reports.progress(attempt.assignment(), share, clock.now()), () -> {});
    }
  }

  private void succeeded(Attempt attempt, Result result) {
    TaskBatches.of(Flux.fromIterable(attempt.spawned()))
        .collectList()
        .subscribe(
            batches -> serial.run(() -> completed(attempt, result, batches)),
            tooLarge ->
                failed(
                    attempt,
                    new TaskFailedException(
                        ErrorType.USER, String.valueOf(tooLarge.getMessage()))));
  }

  private void completed(Attempt attempt, Result result, List<List<TaskSpec>> spawned) {
    ended(
        attempt,
        result,
        at -> {
          int last = spawned.size() - 1;
          for (int i = 0; i < last; i++) {
            tell(attempt);
            say(
                attempt.offer(),
                reports.spawned(attempt.assignment(), spawned.get(i), at),
                () -> {});
          }
          return reports.completed(attempt, result, last < 0 ? List.of() : spawned.get(last), at);
        });
  }

  private void failed(Attempt attempt, Throwable error) {
    log.debug("{}: {} failed", settings.deviceId(), attempt.offer().attempt(), error);
    serial.run(() -> ended(attempt, null, at -> reports.failed(attempt, error, at)));
  }

  private void ended(
      Attempt attempt, @Nullable Result result, Function<Instant, TaskEvent> report) {
    AttemptId id = attempt.offer().attempt();
    if (!offers.finished(id)) {
      return;
    }
    Instant at = clock.now();
    if (result != null) {
      recent.ran(attempt.operation(), Duration.between(attempt.startedAt(), at));
    }
    attempts.remove(id);
    TaskEvent end = report.apply(at);
    say(attempt.offer(), end, untold.remove(id) ? attempt.offer().acknowledge() : () -> {});
    send(
        runtime.connection().topics().executionTraces(),
        attempt.operation(),
        reports.trace(attempt, at, result != null),
        List.of(attempt.offer().traceparent().header()),
        () -> {});
    if (result != null) {
      offers.succeeded(id, reports.handedOn(attempt, result, at), clock.now());
    } else {
      offers.failed(clock.now());
    }
    stopIfDrained();
  }

  // The end.

  void drain(Duration limit) {
    serial.run(() -> {
      if (state == DeviceState.ACTIVE) {
        state = DeviceState.DRAINING;
        offers.drain();
        beat();
      }
      if (limit.isZero()) {
        giveUp();
      } else {
        timers.add(
            runtime
                .timer()
                .schedule(() -> serial.run(this::giveUp), limit.toMillis(), TimeUnit.MILLISECONDS));
        stopIfDrained();
      }
    });
  }

  private void giveUp() {
    offers.stopAll("the worker stops");
    stopIfDrained();
  }

  private void stopIfDrained() {
    if (state == DeviceState.DRAINING && offers.running().isEmpty()) {
      state = DeviceState.STOPPED;
      timers.dispose();
      lanes.clear();
      beat();
      outbox.whenEmpty(intake::cancel);
    }
  }

  /** The worker can't do its work any more: it stops at once and says so. */
  private void fail(Throwable error) {
    if (failure.compareAndSet(null, error)) {
      log.error("{}: the worker fails", settings.deviceId(), error);
      timers.dispose();
      intake.cancel();
      serial.run(() -> {
        attempts.values().forEach(Attempt::stop);
        attempts.clear();
        untold.clear();
      });
    }
  }

  private void closed() {
    timers.dispose();
    onClosed.run();
    Throwable error = failure.get();
    if (error == null) {
      ready.tryEmitEmpty();
      terminated.tryEmitEmpty();
    } else {
      ready.tryEmitError(error);
      terminated.tryEmitError(error);
    }
  }

  private void say(Offer of, TaskEvent event, Runnable acknowledged) {
    send(
        runtime.connection().topics().taskEvents(),
        settings.pool(),
        event,
        List.of(of.traceparent().header()),
        acknowledged);
  }

  private void send(
      String topic, String key, SpecificRecord value, List<Header> headers, Runnable acknowledged) {
    if (failure.get() == null) {
      var record = new ProducerRecord<>(topic, null, key, value, headers);
      runtime.token().stamp(record.headers());
      outbox.send(record, acknowledged);
    }
  }

  /** Lets in no more deliveries than the device has worked off. */
  private final class Intake extends BaseSubscriber<Delivery<String, Assignment>> {
    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      subscription.request(READ_AHEAD);
    }

    @Override
    protected void hookOnNext(Delivery<String, Assignment> delivery) {
      serial.run(() -> {
        take(delivery);
        request(1);
      });
    }

    @Override
    protected void hookOnError(Throwable error) {
      fail(error);
    }
  }

  private final class LaneListener implements PartitionListener {
    @Override
    public void assigned(Collection<TopicPartition> partitions) {
      serial.run(() -> {
        partitions.forEach(partition -> lanes.add(partition.partition()));
        beat();
        ready.tryEmitEmpty();
      });
    }

    @Override
    public void revoked(Collection<TopicPartition> partitions) {
      List<Integer> gone = partitions.stream().map(TopicPartition::partition).toList();
      serial.run(() -> {
        lanes.removeAll(gone);
        offers.lanesLost(gone);
        if (state != DeviceState.STOPPED) {
          beat();
        }
      });
    }

    @Override
    public void closed() {
      Device.this.closed();
    }
  }
}
