package io.signalbox.worker;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The operations that succeeded on a device lately, with the time that each took last: a handler
 * has then loaded what it needs, so the next attempt of the operation starts without a warm-up.
 * Bounded: the one that ran longest ago is forgotten, as a cache of models would do.
 */
final class RecentOperations {
  static final int MOST = 32;

  private final Map<String, Duration> leastRecentFirst = new LinkedHashMap<>();

  void ran(String operation, Duration took) {
    leastRecentFirst.remove(operation);
    leastRecentFirst.put(operation, took);
    if (leastRecentFirst.size() > MOST) {
      leastRecentFirst.remove(leastRecentFirst.keySet().iterator().next());
    }
  }

  /** True when the operation took less than that the last time. */
  boolean tookLess(String operation, Duration limit) {
    Duration last = leastRecentFirst.get(operation);
    return last != null && last.compareTo(limit) < 0;
  }

  /** In alphabetical order, so that heartbeats differ only when the set does. */
  List<String> operations() {
    return leastRecentFirst.keySet().stream().sorted().toList();
  }
}
