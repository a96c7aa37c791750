package io.signalbox.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LinkTest {
  @Test
  void transferTakesItsLatencyAndItsBytesOverTheBandwidth() {
    assertEquals(2.5, new Link("z", 0.5, 1_000).seconds(2_000));
    assertEquals(0.5, new Link("z", 0.5, 0).seconds(2_000), "unknown bandwidth costs nothing");
  }

  @Test
  void deviceThatSaysItIsInfinitelySlowStillGivesANumber() {
    assertEquals(1e9, new Link("z", 0, Double.MIN_VALUE).seconds(Long.MAX_VALUE));
    assertEquals(1e9, new Link("z", Double.MAX_VALUE, 1).seconds(1));
  }
}
