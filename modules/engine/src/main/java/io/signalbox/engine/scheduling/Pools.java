package io.signalbox.engine.scheduling;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pools of a partition, live. */
final class Pools {
  private final Map<String, LivePool> pools = new TreeMap<>();
  private final Shell shell;
  private final PoolRows rows;

  /** Takes up every pool that has rows. */
  Pools(Shell shell, PoolRows rows, double now) {
    this.shell = shell;
    this.rows = rows;
    rows.pools().forEach(name -> pools.put(name, new LivePool(name, shell, rows, now)));
  }

  /** The pool of that name, new if need be; null when there are too many. */
  @Nullable LivePool get(String name, double now) {
    LivePool known = pools.get(name);
    if (known != null || pools.size() >= shell.streams().maxPools()) {
      return known;
    }
    LivePool pool = new LivePool(name, shell, rows, now);
    pools.put(name, pool);
    return pool;
  }

  Collection<LivePool> all() {
    return pools.values();
  }
}
