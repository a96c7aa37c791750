package io.signalbox.reactive;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * A cold Flux over Kafka records: every subscription opens one consumer on a thread of its own,
 * reads as much as is asked for, and closes the consumer at the end.
 *
 * <ul>
 *   <li>Elements are emitted on the poll thread; a step that takes long belongs behind {@code
 *       publishOn}. Demand is turned into pause and resume, so that a slow reader stays in its
 *       group; at most one poll's records are buffered.
 *   <li>Each element carries its {@link Delivery#ack acknowledgement}. With {@link
 *       Source#subscribe} the contiguous acknowledged prefix of each partition is committed: every
 *       commit interval, before a partition is given up, and at the end.
 *   <li>A failure of the consumer ends the Flux with that error; a record that can't be decoded
 *       does too unless {@link Builder#onUndecodable} is set. Cancelling commits what is
 *       acknowledged and closes; {@link PartitionListener#closed} tells when that is done.
 * </ul>
 *
 * @param <K> type of the key
 * @param <V> type of the value
 */
public final class RecordFlux<K, V> extends Flux<Delivery<K, V>> {
  final Supplier<? extends org.apache.kafka.clients.consumer.Consumer<K, V>> consumer;
  final Source source;
  final PartitionListener listener;
  final @Nullable Consumer<RecordDeserializationException> onUndecodable;
  final Duration commitInterval;
  final String name;

  private RecordFlux(Builder<K, V> builder) {
    consumer = builder.consumer;
    source = builder.source;
    listener = builder.listener;
    onUndecodable = builder.onUndecodable;
    commitInterval = builder.commitInterval;
    name = builder.name;
  }

  /**
   * Starts to describe a Flux.
   *
   * @param consumer opens a consumer for each subscription; called on the poll thread. {@code
   *     enable.auto.commit} must be off
   * @param source what it reads
   */
  public static <K, V> Builder<K, V> from(
      Supplier<? extends org.apache.kafka.clients.consumer.Consumer<K, V>> consumer,
      Source source) {
    return new Builder<>(consumer, source);
  }

  @Override
  public void subscribe(CoreSubscriber<? super Delivery<K, V>> subscriber) {
    PollLoop<K, V> loop = new PollLoop<>(this, subscriber);
    subscriber.onSubscribe(loop);
    loop.start();
  }

  /** Describes a {@link RecordFlux}. */
  public static final class Builder<K, V> {
    private final Supplier<? extends org.apache.kafka.clients.consumer.Consumer<K, V>> consumer;
    private final Source source;
    private PartitionListener listener = PartitionListener.NONE;
    private @Nullable Consumer<RecordDeserializationException> onUndecodable;
    private Duration commitInterval = Duration.ofMillis(100);
    private String name = "signalbox-reader";

    private Builder(
        Supplier<? extends org.apache.kafka.clients.consumer.Consumer<K, V>> consumer,
        Source source) {
      this.consumer = Objects.requireNonNull(consumer);
      this.source = Objects.requireNonNull(source);
    }

    /** Is told of partitions that come and go. */
    public Builder<K, V> listener(PartitionListener listener) {
      this.listener = Objects.requireNonNull(listener);
      return this;
    }

    /**
     * Passes over records that can't be decoded, after telling of each; not set, they are errors.
     */
    public Builder<K, V> onUndecodable(Consumer<RecordDeserializationException> handler) {
      this.onUndecodable = Objects.requireNonNull(handler);
      return this;
    }

    /** How often acknowledged offsets are committed; default 100 ms, at least 1 ms. */
    public Builder<K, V> commitInterval(Duration interval) {
      if (interval.toMillis() < 1) {
        throw new IllegalArgumentException(
            "commitInterval must be at least 1 ms, it is " + interval);
      }
      this.commitInterval = interval;
      return this;
    }

    /** Name of the poll thread. */
    public Builder<K, V> name(String name) {
      this.name = Objects.requireNonNull(name);
      return this;
    }

    /** The Flux. */
    public RecordFlux<K, V> build() {
      return new RecordFlux<>(this);
    }
  }
}
