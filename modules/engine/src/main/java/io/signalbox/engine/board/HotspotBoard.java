package io.signalbox.engine.board;

import io.signalbox.core.hotspot.WindowStatistics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What listings show of the operations of the pools that this instance watches. Stream threads
 * write it, any thread reads it; it holds the last window of each operation that is counted.
 */
public final class HotspotBoard {
  private final Map<String, Collection<OperationView>> pools = new ConcurrentSkipListMap<>();
  private final LongAdder late = new LongAdder();
  private final LongAdder pooled = new LongAdder();

  /**
   * An operation on a class in the last window.
   *
   * @param operation the operation
   * @param deviceClass the class
   * @param windowEnd end of the window in seconds since the epoch
   * @param statistics what it did
   * @param hot it is hot
   */
  public record OperationView(
      String operation,
      String deviceClass,
      double windowEnd,
      WindowStatistics statistics,
      boolean hot) {}

  /** Replaces what is known of a pool. */
  public void update(String pool, Collection<OperationView> operations) {
    pools.put(pool, List.copyOf(operations));
  }

  /** Drops a pool that another instance has taken over. */
  public void forget(String pool) {
    pools.remove(pool);
  }

  /** Operations of one pool, or of all, by pool. */
  public Map<String, Collection<OperationView>> operations(Optional<String> pool) {
    return pool.map(name -> Map.of(name, pools.getOrDefault(name, List.of())))
        .orElseGet(() -> Map.copyOf(pools));
  }

  /** An attempt came too late for its window. */
  public void countLate() {
    late.increment();
  }

  /** An attempt was counted under the name for operations that are one too many. */
  public void countPooled() {
    pooled.increment();
  }

  /** Attempts so far that came too late. */
  public long late() {
    return late.sum();
  }

  /** Attempts so far of operations that were one too many. */
  public long pooled() {
    return pooled.sum();
  }
}
