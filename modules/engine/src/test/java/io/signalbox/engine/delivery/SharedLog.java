package io.signalbox.engine.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Topics in memory with what Kafka guarantees: records of a partition keep their order; those of a
 * transaction become visible all at once when it is committed, and never when it is aborted; a
 * reader (all of them read committed records) stops before a transaction that is still open.
 */
final class SharedLog {
  private enum Outcome {
    OPEN,
    COMMITTED,
    ABORTED
  }

  /** Records that belong together. */
  final class Transaction {
    private final Set<Place> touched = new LinkedHashSet<>();
    private Outcome outcome = Outcome.OPEN;

    void commit() {
      outcome = Outcome.COMMITTED;
      touched.forEach(SharedLog.this::tell);
    }

    void abort() {
      outcome = Outcome.ABORTED;
      touched.forEach(SharedLog.this::tell);
    }

    boolean empty() {
      return touched.isEmpty();
    }
  }

  /** A partition of a topic. */
  record Place(String topic, int partition) {}

  /** A record. */
  record Entry(
      byte @Nullable [] key,
      byte[] value,
      Headers headers,
      long millis,
      @Nullable Transaction transaction) {}

  /** Is told of records that have become visible, or of a transaction that is out of the way. */
  interface Listener {
    void appended(Place place);
  }

  private final Map<Place, List<Entry>> partitions = new HashMap<>();
  private final List<Listener> listeners = new ArrayList<>();

  void listen(Listener listener) {
    listeners.add(listener);
  }

  Transaction begin() {
    return new Transaction();
  }

  void append(Place place, Entry entry) {
    partitions.computeIfAbsent(place, added -> new ArrayList<>()).add(entry);
    Transaction transaction = entry.transaction();
    if (transaction == null) {
      tell(place);
    } else {
      transaction.touched.add(place);
    }
  }

  private void tell(Place place) {
    listeners.forEach(listener -> listener.appended(place));
  }

  /**
   * The offset of the first record from {@code offset} on that can be read; -1 if there is none.
   */
  int next(Place place, int offset) {
    List<Entry> entries = partitions.getOrDefault(place, List.of());
    for (int i = offset; i < entries.size(); i++) {
      Transaction transaction = entries.get(i).transaction();
      Outcome outcome = transaction == null ? Outcome.COMMITTED : transaction.outcome;
      switch (outcome) {
        case OPEN -> {
          return -1;
        }
        case COMMITTED -> {
          return i;
        }
        case ABORTED -> {}
      }
    }
    return -1;
  }

  Entry read(Place place, int offset) {
    return partitions.getOrDefault(place, List.of()).get(offset);
  }
}
