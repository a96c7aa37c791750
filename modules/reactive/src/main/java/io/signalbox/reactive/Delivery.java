package io.signalbox.reactive;

import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One record of a {@link RecordFlux} and the word that it is done with.
 *
 * @param <K> type of the key
 * @param <V> type of the value
 */
public final class Delivery<K, V> {
  private final ConsumerRecord<K, V> record;
  private final PartitionProgress progress;
  private volatile boolean acknowledged;

  Delivery(ConsumerRecord<K, V> record, PartitionProgress progress) {
    this.record = Objects.requireNonNull(record);
    this.progress = Objects.requireNonNull(progress);
  }

  /** The record as it was read. */
  public ConsumerRecord<K, V> record() {
    return record;
  }

  /** The record's value. */
  public V value() {
    return record.value();
  }

  /** The partition it was read from. */
  public TopicPartition partition() {
    return progress.partition();
  }

  /**
   * Says that the record needs no second delivery. May be called from any thread, in any order and
   * more than once; the offset is committed when every earlier record of its partition is
   * acknowledged too. After the partition was taken away it does nothing.
   */
  public void ack() {
    acknowledged = true;
    progress.touched();
  }

  PartitionProgress progress() {
    return progress;
  }

  boolean acknowledged() {
    return acknowledged;
  }
}
