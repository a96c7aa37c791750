package io.signalbox.core.hotspot;

import java.util.HashSet;
import java.util.Set;

/**
 * The operations of one pool that are counted each on its own. They are as many as come first; the
 * rest goes by the name {@link HotspotSettings#OTHER} until one of them is forgotten.
 */
public final class KnownOperations {
  private final int most;
  private final Set<String> names = new HashSet<>();

  /**
   * @param most how many there may be
   */
  public KnownOperations(int most) {
    this.most = most;
  }

  /** The name that an attempt of the operation is counted under. */
  public String nameFor(String operation) {
    if (names.contains(operation)) {
      return operation;
    }
    if (names.size() < most) {
      names.add(operation);
      return operation;
    }
    return HotspotSettings.OTHER;
  }

  /** Only these are still needed. */
  public void retain(Set<String> needed) {
    names.retainAll(needed);
  }
}
