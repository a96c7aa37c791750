package io.signalbox.reactive;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** One subscription of a {@link RecordFlux}: the thread that owns the consumer. */
final class PollLoop<K, V> implements Subscription, Runnable {
  private static final Logger log = LoggerFactory.getLogger(PollLoop.class);

  private final RecordFlux<K, V> flux;
  private final CoreSubscriber<? super Delivery<K, V>> subscriber;
  private final AtomicLong demand = new AtomicLong();
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final ArrayDeque<Delivery<K, V>> buffer = new ArrayDeque<>();
  private volatile boolean cancelled;
  private volatile @Nullable Consumer<K, V> consumer;

  PollLoop(RecordFlux<K, V> flux, CoreSubscriber<? super Delivery<K, V>> subscriber) {
    this.flux = flux;
    this.subscriber = subscriber;
  }

  void start() {
    Thread thread = new Thread(this, flux.name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void request(long n) {
    if (Operators.validate(n)) {
      demand.getAndUpdate(before -> Operators.addCap(before, n));
      wakeUp();
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    wakeUp();
  }

  /** Only a waiting poll is woken: a wake-up at any other time would hit the next blocking call. */
  private void wakeUp() {
    Consumer<K, V> opened = consumer;
    if (opened != null && waiting.compareAndSet(true, false)) {
      opened.wakeup();
    }
  }

  @Override
  public void run() {
    Throwable failure = null;
    try {
      read();
    } catch (Throwable error) {
      failure = error;
    }
    if (failure != null && !cancelled) {
      subscriber.onError(failure);
    } else if (failure != null) {
      log.warn("{}: failed after it was cancelled", flux.name, failure);
    }
    flux.listener.closed();
  }

  private void read() {
    try (Consumer<K, V> opened = flux.consumer.get()) {
      consumer = opened;
      Partitions<K, V> partitions = new Partitions<>(flux, opened, this::forget);
      partitions.open();
      try {
        while (!cancelled) {
          emit();
          partitions.commitIfDue();
          poll(opened, partitions);
        }
      } finally {
        partitions.commitNow();
      }
    }
  }

  private void emit() {
    long asked = demand.get();
    long emitted = 0;
    while (emitted < asked && !buffer.isEmpty() && !cancelled) {
      subscriber.onNext(buffer.removeFirst());
      emitted++;
      if (emitted == asked) {
        asked = demand.get();
      }
    }
    if (emitted > 0) {
      long done = emitted;
      demand.getAndUpdate(before -> before == Long.MAX_VALUE ? before : before - done);
    }
  }

  private void poll(Consumer<K, V> opened, Partitions<K, V> partitions) {
    boolean hungry = buffer.isEmpty() && demand.get() > 0;
    partitions.flow(hungry);
    waiting.set(true);
    try {
      // A request may have come in between; it saw no waiting poll and woke nobody.
      boolean changed = cancelled || (!hungry && demand.get() > 0);
      var records = opened.poll(changed ? Duration.ZERO : flux.commitInterval);
      for (ConsumerRecord<K, V> record : records) {
        buffer.add(partitions.delivery(record));
      }
    } catch (WakeupException woken) {
      log.trace("{}: woken", flux.name);
    } catch (RecordDeserializationException error) {
      partitions.skip(error);
    } finally {
      waiting.set(false);
    }
  }

  private void forget(Set<PartitionProgress> revoked) {
    buffer.removeIf(delivery -> revoked.contains(delivery.progress()));
  }
}
