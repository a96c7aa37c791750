package io.signalbox.reactive;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions one consumer reads: their flow, their acknowledged prefixes, their coming and
 * going. Used on the poll thread only.
 */
final class Partitions<K, V> implements ConsumerRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(Partitions.class);
  private static final Duration COMMIT_LIMIT = Duration.ofSeconds(5);

  private final RecordFlux<K, V> flux;
  private final org.apache.kafka.clients.consumer.Consumer<K, V> consumer;
  private final Consumer<Set<PartitionProgress>> onRevoked;
  private final Map<TopicPartition, PartitionProgress> progress = new HashMap<>();
  private boolean flowing = true;
  private long nextCommitNanos = System.nanoTime();
  private @Nullable KafkaException failure;

  /**
   * For one consumer.
   *
   * @param onRevoked forgets what is buffered of partitions that went away
   */
  Partitions(
      RecordFlux<K, V> flux,
      org.apache.kafka.clients.consumer.Consumer<K, V> consumer,
      Consumer<Set<PartitionProgress>> onRevoked) {
    this.flux = flux;
    this.consumer = consumer;
    this.onRevoked = onRevoked;
  }

  void open() {
    Collection<TopicPartition> known = flux.source.open(consumer, this);
    if (!known.isEmpty()) {
      onPartitionsAssigned(known);
    }
  }

  /** Lets records come or holds them back. */
  void flow(boolean wanted) {
    if (wanted != flowing) {
      flowing = wanted;
      if (wanted) {
        consumer.resume(consumer.paused());
      } else {
        consumer.pause(consumer.assignment());
      }
    }
  }

  Delivery<K, V> delivery(ConsumerRecord<K, V> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    PartitionProgress of = progress.computeIfAbsent(partition, PartitionProgress::new);
    Delivery<K, V> delivery = new Delivery<>(record, of);
    of.delivered(delivery);
    return delivery;
  }

  /** Passes over a record that can't be decoded, when somebody listens for it. */
  void skip(RecordDeserializationException error) {
    Consumer<RecordDeserializationException> handler = flux.onUndecodable;
    if (handler == null) {
      throw error;
    }
    handler.accept(error);
    consumer.seek(error.topicPartition(), error.offset() + 1);
    progress
        .computeIfAbsent(error.topicPartition(), PartitionProgress::new)
        .skipped(error.offset());
  }

  /** Commits in the background when the interval has passed. */
  void commitIfDue() {
    if (failure != null) {
      throw failure;
    }
    if (!flux.source.commits() || System.nanoTime() - nextCommitNanos < 0) {
      return;
    }
    nextCommitNanos = System.nanoTime() + flux.commitInterval.toNanos();
    Map<TopicPartition, OffsetAndMetadata> offsets = due(progress.keySet());
    if (!offsets.isEmpty()) {
      // Kafka may name no offsets when a commit has failed: while there is no broker, for instance.
      consumer.commitAsync(offsets, (ignored, error) -> committed(offsets, error));
    }
  }

  private void committed(
      Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception error) {
    if (error == null) {
      return;
    }
    if (!isPassing(error)) {
      failure = error instanceof KafkaException known ? known : new KafkaException(error);
      return;
    }
    log.debug("{}: a commit failed and is sent again", flux.name, error);
    offsets.forEach((partition, offset) -> {
      PartitionProgress of = progress.get(partition);
      if (of != null) {
        of.commitFailed(offset.offset());
      }
    });
  }

  private static boolean isPassing(Exception error) {
    return error instanceof RetriableException
        || error instanceof CommitFailedException
        || error instanceof RebalanceInProgressException;
  }

  /** Commits everything acknowledged and waits for it. */
  void commitNow() {
    commitNow(progress.keySet());
  }

  private void commitNow(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = due(partitions);
    if (!flux.source.commits() || offsets.isEmpty()) {
      return;
    }
    try {
      commitWoken(offsets);
    } catch (KafkaException error) {
      // What isn't committed is delivered once more, which every reader has to bear anyway.
      log.warn("{}: could not commit {}", flux.name, offsets, error);
    }
  }

  private void commitWoken(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      consumer.commitSync(offsets, COMMIT_LIMIT);
    } catch (WakeupException late) {
      // A wake-up meant for the poll before; there is at most one.
      consumer.commitSync(offsets, COMMIT_LIMIT);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> due(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      PartitionProgress of = progress.get(partition);
      long offset = of == null ? -1 : of.due();
      if (offset >= 0) {
        offsets.put(partition, new OffsetAndMetadata(offset));
      }
    }
    return offsets;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> progress.put(partition, new PartitionProgress(partition)));
    if (!flowing) {
      consumer.pause(partitions);
    }
    if (!partitions.isEmpty()) {
      flux.listener.assigned(partitions);
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    commitNow(partitions);
    onPartitionsLost(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    Set<PartitionProgress> gone = new HashSet<>();
    for (TopicPartition partition : partitions) {
      PartitionProgress of = progress.remove(partition);
      if (of != null) {
        gone.add(of);
      }
    }
    if (!partitions.isEmpty()) {
      onRevoked.accept(gone);
      flux.listener.revoked(partitions);
    }
  }
}
