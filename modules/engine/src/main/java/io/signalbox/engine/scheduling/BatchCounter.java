package io.signalbox.engine.scheduling;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;

/** Tells {@link Batches} what each poll of the topology's consumer brings; changes nothing. */
public final class BatchCounter implements ConsumerInterceptor<byte[], byte[]> {
  /** Setting of the consumer that holds the {@link Batches}. */
  public static final String BATCHES_CONFIG = "signalbox.batches";

  private Batches batches = new Batches(0);

  @Override
  public void configure(Map<String, ?> configs) {
    if (!(configs.get(BATCHES_CONFIG) instanceof Batches given)) {
      throw new ConfigException(BATCHES_CONFIG + " must be given with " + getClass().getName());
    }
    batches = given;
  }

  /** The five inputs are partitioned alike, so that a number names the same pools in each. */
  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (TopicPartition each : records.partitions()) {
      counts.merge(each.partition(), records.records(each).size(), Integer::sum);
    }
    counts.forEach(batches::polled);
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}
}
