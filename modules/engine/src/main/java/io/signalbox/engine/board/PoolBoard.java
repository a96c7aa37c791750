package io.signalbox.engine.board;

import io.signalbox.core.pool.DeviceView;
import io.signalbox.core.pool.HotView;
import io.signalbox.core.pool.JobView;
import io.signalbox.core.pool.Pool;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * What listings show of the pools of this instance. The stream thread writes it, any thread reads
 * it; a pool itself belongs to its stream thread alone. It holds as many jobs as the pools
 * remember.
 */
public final class PoolBoard {
  private static final double JOBS_SECONDS = 0.05;
  private static final double DEVICES_SECONDS = 0.25;

  private final Map<String, Entry> entries = new ConcurrentSkipListMap<>();

  /** Takes over what has changed in a pool; often called, seldom at work. */
  public void update(String name, Pool pool, double now) {
    entries.computeIfAbsent(name, created -> new Entry()).update(pool, now);
  }

  /** Drops a pool that another instance has taken over. */
  public void forget(String name) {
    entries.remove(name);
  }

  /** Names of the pools, sorted. */
  public Collection<String> pools() {
    return List.copyOf(entries.keySet());
  }

  /** Jobs of a pool in no particular order; empty when it isn't here. */
  public Collection<JobView> jobs(String pool) {
    Entry entry = entries.get(pool);
    return entry == null ? List.of() : entry.jobs.values();
  }

  /** One job of a pool. */
  public Optional<JobView> job(String pool, String job) {
    Entry entry = entries.get(pool);
    return entry == null ? Optional.empty() : Optional.ofNullable(entry.jobs.get(job));
  }

  /** Devices of a pool; empty when it isn't here. */
  public Collection<DeviceView> devices(String pool) {
    Entry entry = entries.get(pool);
    return entry == null ? List.of() : entry.devices;
  }

  /** Operations of a pool that are hot, with what it does for them; empty when it isn't here. */
  public Collection<HotView> hotOperations(String pool) {
    Entry entry = entries.get(pool);
    return entry == null ? List.of() : entry.hot;
  }

  /** One pool. All but the three views is touched by the stream thread only. */
  private static final class Entry {
    private final Map<String, JobView> jobs = new ConcurrentHashMap<>();
    private volatile Collection<DeviceView> devices = List.of();
    private volatile Collection<HotView> hot = List.of();
    private @Nullable Pool seen;
    private double jobsAt = Double.NEGATIVE_INFINITY;
    private double devicesAt = Double.NEGATIVE_INFINITY;

    void update(Pool pool, double now) {
      if (pool != seen) {
        reload(pool);
      }
      if (Math.abs(now - jobsAt) >= JOBS_SECONDS) {
        jobsAt = now;
        pool.takeChangedJobs().forEach(job -> put(job, pool.job(job)));
      }
      if (Math.abs(now - devicesAt) >= DEVICES_SECONDS) {
        devicesAt = now;
        devices = List.copyOf(pool.devices());
        hot = List.copyOf(pool.hotOperations());
      }
    }

    private void reload(Pool pool) {
      seen = pool;
      jobs.clear();
      pool.jobs().forEach(view -> jobs.put(view.job(), view));
      devicesAt = Double.NEGATIVE_INFINITY;
    }

    private void put(String job, @Nullable JobView view) {
      if (view == null) {
        jobs.remove(job);
      } else {
        jobs.put(job, view);
      }
    }
  }
}
