package io.signalbox.reactive;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Utils;

/** What a {@link RecordFlux} reads. */
public sealed interface Source {
  /** Shares the partitions of topics with the other members of the consumer's group. */
  static Source subscribe(Collection<String> topics) {
    return new Subscribed(Set.copyOf(topics));
  }

  /** Reads partitions by name; nothing is committed. */
  static Source assign(Collection<TopicPartition> partitions, Start start) {
    return new Assigned(List.copyOf(partitions), start);
  }

  /** Reads the partition that the default partitioner gives a key; nothing is committed. */
  static Source ofKey(String topic, byte[] key, Start start) {
    return new OfKey(topic, key.clone(), start);
  }

  /** Partitions shared with a group. */
  record Subscribed(Set<String> topics) implements Source {
    @Override
    public Collection<TopicPartition> open(
        Consumer<?, ?> consumer, ConsumerRebalanceListener listener) {
      consumer.subscribe(topics, listener);
      return List.of();
    }

    @Override
    public boolean commits() {
      return true;
    }
  }

  /** Partitions by name. */
  record Assigned(List<TopicPartition> partitions, Start start) implements Source {
    @Override
    public Collection<TopicPartition> open(
        Consumer<?, ?> consumer, ConsumerRebalanceListener listener) {
      consumer.assign(partitions);
      start.seek(consumer, partitions);
      return partitions;
    }
  }

  /** The partition of a key. */
  record OfKey(String topic, byte[] key, Start start) implements Source {
    @Override
    public Collection<TopicPartition> open(
        Consumer<?, ?> consumer, ConsumerRebalanceListener listener) {
      int count = consumer.partitionsFor(topic).size();
      if (count == 0) {
        throw new UnknownTopicOrPartitionException(
            "The topic " + topic + " isn't there; does an engine run on this cluster?");
      }
      int partition = Utils.toPositive(Utils.murmur2(key)) % count;
      return new Assigned(List.of(new TopicPartition(topic, partition)), start)
          .open(consumer, listener);
    }
  }

  /**
   * Points a consumer at this; called on the poll thread, may block.
   *
   * @return the partitions when they are known at once, none when a group hands them out
   */
  Collection<TopicPartition> open(Consumer<?, ?> consumer, ConsumerRebalanceListener listener);

  /** Whether acknowledged offsets are committed to the consumer's group. */
  default boolean commits() {
    return false;
  }
}
