package io.signalbox.reactive;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;

/** A topic of some partitions behind Kafka's own MockConsumer. */
final class FakeLog {
  static final String TOPIC = "records";

  final MockConsumer<String, String> consumer = new MockConsumer<>("earliest");
  final CountDownLatch closed = new CountDownLatch(1);
  private final List<TopicPartition> partitions;

  FakeLog(int partitions) {
    this.partitions =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(TOPIC, partition))
            .toList();
    consumer.updateBeginningOffsets(ends(0));
    consumer.updateEndOffsets(ends(1_000_000));
  }

  private Map<TopicPartition, Long> ends(long offset) {
    return partitions.stream()
        .collect(Collectors.toMap(partition -> partition, partition -> offset));
  }

  TopicPartition partition(int number) {
    return partitions.get(number);
  }

  /** In the next poll the group hands all partitions out. */
  void assignAll() {
    consumer.schedulePollTask(() -> consumer.rebalance(partitions));
  }

  /** In the next poll the group hands out these only. */
  void assign(Integer... numbers) {
    List<TopicPartition> now = Arrays.stream(numbers).map(this::partition).toList();
    consumer.schedulePollTask(() -> consumer.rebalance(now));
  }

  /** In the next poll records are there. */
  void write(int partition, long from, long to) {
    consumer.schedulePollTask(() -> {
      for (long offset = from; offset < to; offset++) {
        consumer.addRecord(
            new ConsumerRecord<>(TOPIC, partition, offset, "k", partition + ":" + offset));
      }
    });
  }

  long committed(int partition) {
    var offset = consumer.committed(Set.of(partition(partition))).get(partition(partition));
    return offset == null ? -1 : offset.offset();
  }

  PartitionListener listener() {
    return new PartitionListener() {
      @Override
      public void closed() {
        closed.countDown();
      }
    };
  }
}
