package io.signalbox.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a fleet learns of the way of offers and news. */
class FleetTest {
  private final Fleet fleet = new Fleet(List.of(new DeviceClass("cpu", 1, 0, 100, 10)));

  private void newsTakes(double seconds) {
    for (int i = 0; i < 100; i++) {
      fleet.newsTook(seconds);
    }
  }

  @Test
  void newsMayTakeTwiceAsLongAsItTakesOfLate() {
    newsTakes(0.5);
    assertEquals(1, fleet.newsSeconds(), 1e-3);
    assertEquals(9, fleet.knownUntil(10), 1e-3);
    newsTakes(0.01);
    assertEquals(0.02, fleet.newsSeconds(), 1e-3);
  }

  @Test
  void clocksThatDifferAreBelievedWithinLimits() {
    newsTakes(-3_600);
    assertEquals(0, fleet.newsSeconds(), 1e-3);
    newsTakes(3_600);
    assertTrue(fleet.newsSeconds() <= 2, () -> fleet.newsSeconds() + " s");
  }
}
