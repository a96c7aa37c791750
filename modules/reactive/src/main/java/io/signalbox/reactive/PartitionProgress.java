package io.signalbox.reactive;

import java.util.ArrayDeque;
import org.apache.kafka.common.TopicPartition;

/**
 * What of one partition was delivered and acknowledged: the next offset to commit is that of the
 * oldest delivery still open. Owned by the poll thread; only {@link #touched} comes from others.
 */
final class PartitionProgress {
  private static final long NOTHING = -1;

  private final TopicPartition partition;
  private final ArrayDeque<Delivery<?, ?>> open = new ArrayDeque<>();
  private long next = NOTHING;
  private long committed = NOTHING;
  private volatile boolean touched;

  PartitionProgress(TopicPartition partition) {
    this.partition = partition;
  }

  TopicPartition partition() {
    return partition;
  }

  /** Notes a delivery; offsets grow, but may have gaps. */
  void delivered(Delivery<?, ?> delivery) {
    long offset = delivery.record().offset();
    if (committed == NOTHING) {
      committed = offset;
    }
    open.add(delivery);
    next = offset + 1;
  }

  /** Notes that the record at this offset is passed over without a delivery. */
  void skipped(long offset) {
    if (committed == NOTHING) {
      committed = offset;
    }
    next = offset + 1;
    touched = true;
  }

  /** Notes that a delivery was acknowledged. */
  void touched() {
    touched = true;
  }

  /** The offset to commit now, or a negative number when nothing new is acknowledged. */
  long due() {
    if (!touched) {
      return NOTHING;
    }
    // Cleared before the look, so that an acknowledgement in between is seen next time.
    touched = false;
    while (!open.isEmpty() && open.peekFirst().acknowledged()) {
      open.removeFirst();
    }
    long offset = open.isEmpty() ? next : open.peekFirst().record().offset();
    if (offset <= committed) {
      return NOTHING;
    }
    committed = offset;
    return offset;
  }

  /** Notes that the commit of an offset failed, so that it is due again. */
  void commitFailed(long offset) {
    if (committed == offset) {
      committed = offset - 1;
      touched = true;
    }
  }
}
