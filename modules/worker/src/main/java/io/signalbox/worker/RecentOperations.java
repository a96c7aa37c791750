package io.signalbox.worker;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The operations that succeeded on a device lately: a handler has then loaded what it needs, so the
 * next attempt of the operation starts without a warm-up. Bounded: the one that ran longest ago is
 * forgotten, as a cache of models would do.
 */
final class RecentOperations {
  static final int MOST = 32;

  private final Set<String> leastRecentFirst = new LinkedHashSet<>();

  void ran(String operation) {
    leastRecentFirst.remove(operation);
    leastRecentFirst.add(operation);
    if (leastRecentFirst.size() > MOST) {
      leastRecentFirst.remove(leastRecentFirst.iterator().next());
    }
  }

  /** In alphabetical order, so that heartbeats differ only when the set does. */
  List<String> operations() {
    return leastRecentFirst.stream().sorted().toList();
  }
}
