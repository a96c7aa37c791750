package io.signalbox.reactive;

import java.util.Collection;
import org.apache.kafka.common.TopicPartition;

/**
 * Is told which partitions a {@link RecordFlux} reads; called on its poll thread, must be quick.
 */
public interface PartitionListener {
  /** Listens to nothing. */
  PartitionListener NONE = new PartitionListener() {};

  /** These are read from now on, beside those already told. */
  default void assigned(Collection<TopicPartition> partitions) {}

  /**
   * These are another reader's from now on: what was delivered of them and isn't acknowledged will
   * be delivered there.
   */
  default void revoked(Collection<TopicPartition> partitions) {}

  /** The consumer is closed; nothing follows. */
  default void closed() {}
}
