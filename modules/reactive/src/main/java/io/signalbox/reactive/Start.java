package io.signalbox.reactive;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** Where reading of assigned partitions starts. */
public sealed interface Start {
  /** At the oldest record there is. */
  static Start beginning() {
    return new Beginning();
  }

  /** Behind the newest record at the time of the subscription. */
  static Start end() {
    return new End();
  }

  /** At the first record that isn't older than this time. */
  static Start at(Instant time) {
    return new At(time);
  }

  /** At the oldest record there is. */
  record Beginning() implements Start {}

  /** Behind the newest record. */
  record End() implements Start {}

  /**
   * At the first record that isn't older.
   *
   * @param time compared with the records' timestamps
   */
  record At(Instant time) implements Start {
    public At {
      Objects.requireNonNull(time);
    }
  }

  /** Moves a consumer there; blocks until the positions are known. */
  default void seek(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    if (this instanceof At at) {
      seekTo(at.time(), consumer, partitions);
    } else if (this instanceof Beginning) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
    }
    // Seeks are lazy; asking pins the position, so that nothing written from here on is missed.
    partitions.forEach(consumer::position);
  }

  private static void seekTo(
      Instant time, Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
    // Asked first: what is written between the two questions is younger than the time anyway.
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = found.get(partition);
      consumer.seek(partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset());
    }
  }
}
