package io.signalbox.core.pool;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fleet and the jobs that run on it, scheduled as one: a deterministic state machine. Inputs come
 * in through {@link #on}, time through the parameter {@code now} (seconds since the epoch), and
 * everything goes out through {@link Effects}. Not thread-safe: one pool, one thread.
 */
public final class Pool {
  public Pool(String name, PoolSettings settings) {}

  /** Rebuilds a pool from its rows, which come in the order of {@link RowKey.Kind}. */
  public static Pool restore(String name, PoolSettings settings, Iterable<Row> rows, double now) {
    return new Pool(name, settings);
  }

  /** Takes one input. Placement waits for {@link #tick}, so that a batch is placed as one. */
  public void on(Input input, double now, Effects effects) {}

  /**
   * Ends expired offers, leases and back-offs, then places what is ready. Call it after each batch
   * of inputs and at least every 100 milliseconds.
   */
  public void tick(double now, Effects effects) {}

  /** Jobs that have changed since this was asked last. */
  public Collection<JobView> takeChangedJobs() {
    return List.of();
  }

  /** Every job that is known, ended ones included. */
  public Collection<JobView> jobs() {
    return List.of();
  }

  /** One job, or null when it isn't known. */
  public @Nullable JobView job(String job) {
    return null;
  }

  /** Every device that has been heard of. */
  public Collection<DeviceView> devices() {
    return List.of();
  }
}
