package io.signalbox.reactive;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A Mono over one send of a producer. Sends leave in the order of their subscriptions.
 *
 * <p>A producer's {@code send} may block, for metadata or for room in its buffer, and so may a
 * serializer that asks a registry. So one thread of its own does all sending, and what waits for it
 * is bounded: a send beyond the bound fails at once. Monos signal on the producer's thread; steps
 * that take long belong behind {@code publishOn}.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public final class RecordSender<K, V> implements AutoCloseable {
  /** Most sends that were handed to the producer and aren't acknowledged. */
  public static final int MAX_IN_FLIGHT = 4_096;

  /** Most sends that wait for the sending thread. */
  public static final int MAX_WAITING = 65_536;

  private final Producer<K, V> producer;

  /** What waits for the sending thread; an empty one only wakes it. */
  private final BlockingQueue<Optional<Send<K, V>>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

  private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
  private final Thread thread;
  private volatile boolean closed;

  private record Send<K, V>(ProducerRecord<K, V> record, MonoSink<RecordMetadata> sink) {
    void fail(String reason) {
      sink.error(
          new IllegalStateException("A record for " + record.topic() + " wasn't sent: " + reason));
    }
  }

  /**
   * Sends through a producer, which is closed together with this.
   *
   * @param producer should be idempotent, so that its own retries neither double nor reorder
   * @param name of the sending thread
   */
  public RecordSender(Producer<K, V> producer, String name) {
    this.producer = producer;
    thread = new Thread(this::sendAll, name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Sends a record for each subscription.
   *
   * @return its place in the log once the broker has acknowledged it, or the producer's error
   */
  public Mono<RecordMetadata> send(ProducerRecord<K, V> record) {
    return Mono.create(sink -> enqueue(new Send<>(record, sink)));
  }

  private void enqueue(Send<K, V> send) {
    if (closed) {
      send.fail("the sender is closed");
    } else if (!waiting.offer(Optional.of(send))) {
      send.fail(MAX_WAITING + " records wait already; is the broker reachable?");
    } else if (closed && !thread.isAlive()) {
      failWaiting();
    }
  }

  private void sendAll() {
    try {
      while (!closed || !waiting.isEmpty()) {
        Optional<Send<K, V>> next = waiting.take();
        if (next.isPresent()) {
          inFlight.acquire();
          send(next.get());
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    failWaiting();
  }

  private void failWaiting() {
    for (Optional<Send<K, V>> late = waiting.poll(); late != null; late = waiting.poll()) {
      late.ifPresent(send -> send.fail("the sender is closed"));
    }
  }

  private void send(Send<K, V> next) {
    try {
      Future<RecordMetadata> unused =
          producer.send(
              next.record(), (metadata, error) -> acknowledged(next.sink(), metadata, error));
    } catch (RuntimeException error) {
      inFlight.release();
      next.sink().error(error);
    }
  }

  private void acknowledged(
      MonoSink<RecordMetadata> sink, RecordMetadata metadata, @Nullable Exception error) {
    inFlight.release();
    if (error == null) {
      sink.success(metadata);
    } else {
      sink.error(error);
    }
  }

  /**
   * Sends what waits, waits for the acknowledgements up to ten seconds, and closes the producer.
   */
  @Override
  public void close() {
    closed = true;
    // When there is no room for it the thread isn't asleep.
    boolean unused = waiting.offer(Optional.empty());
    try {
      thread.join(5_000);
      if (thread.isAlive()) {
        thread.interrupt();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(5));
  }
}
