package io.signalbox.engine.translate;

import java.util.List;

/** The partitions of the assignment topics, as far as they are known to exist. */
public interface Lanes {
  /**
   * Those lanes that exist. A device may name none but these: a record for a partition that doesn't
   * exist would block the producer.
   */
  List<Integer> existing(String deviceClass, List<Integer> lanes);

  /** Asks for more of them; returns at once. */
  void need(String deviceClass, int lanes);
}
