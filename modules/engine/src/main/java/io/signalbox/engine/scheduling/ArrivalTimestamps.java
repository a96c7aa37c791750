package io.signalbox.engine.scheduling;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The producer's timestamp or, where it wrote none (-1), the partition's time, or now. The default
 * would stop the engine for good.
 */
public final class ArrivalTimestamps implements TimestampExtractor {
  /** Used by {@code addSource} and {@code Consumed}. */
  public ArrivalTimestamps() {}

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    if (record.timestamp() >= 0) {
      return record.timestamp();
    }
    return partitionTime >= 0 ? partitionTime : System.currentTimeMillis();
  }
}
