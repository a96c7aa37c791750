package io.signalbox.worker;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Attempts that run and of which nothing was said yet, in the order in which they began. STARTED
 * may wait a moment: what has ended by then says both in one record. Somebody asks at intervals
 * what is due; clocks, which may stand still or jump, have no part in it.
 */
final class UntoldStarts {
  private Map<AttemptId, Attempt> former = new LinkedHashMap<>();
  private Map<AttemptId, Attempt> latest = new LinkedHashMap<>();

  /** An attempt has begun. */
  void add(Attempt attempt) {
    latest.put(attempt.offer().attempt(), attempt);
  }

  /** Takes an attempt out, since something is said of it now; false when it isn't here. */
  boolean remove(AttemptId attempt) {
    return latest.remove(attempt) != null || former.remove(attempt) != null;
  }

  /** Takes out those that were here when this was asked last: they have to be told now. */
  Collection<Attempt> due() {
    Collection<Attempt> due = former.values();
    former = latest;
    latest = new LinkedHashMap<>();
    return due;
  }

  boolean isEmpty() {
    return latest.isEmpty() && former.isEmpty();
  }

  /** Forgets all of them. */
  void clear() {
    latest.clear();
    former.clear();
  }
}
