package io.signalbox.engine.scheduling;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How much of what the last poll brought is still to be read, by pool partition. Kafka Streams
 * shows a processor one record after the other and doesn't say which one is the last at hand; the
 * consumer does ({@link BatchCounter}). The stream thread that owns a partition writes and reads
 * it.
 */
public final class Batches {
  private final AtomicIntegerArray left;

  /** Nothing is at hand in any of so many partitions. */
  public Batches(int partitions) {
    this.left = new AtomicIntegerArray(partitions);
  }

  /** A poll has brought records. What was counted before and never came isn't waited for. */
  public void polled(int partition, int records) {
    if (partition < left.length()) {
      left.set(partition, records);
    }
  }

  /**
   * The processor has read a record.
   *
   * @return how many of its batch are left: 0 once, after the last one, and less than 0 when nobody
   *     counted it
   */
  int read(int partition) {
    return partition < left.length() && left.get(partition) > 0
        ? left.decrementAndGet(partition)
        : -1;
  }
}
