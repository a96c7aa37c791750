package io.signalbox.core.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FairSharesTest {
  private final FairShares shares = new FairShares(new FairnessSettings(2, Map.of("big", 4.0)));

  @Test
  void virtualTimeGrowsByCostOverWeight() {
    shares.waits("a");
    shares.waits("big");
    shares.charge("a", 8);
    shares.charge("big", 8);
    assertEquals(8, shares.virtualTime("a"));
    assertEquals(2, shares.virtualTime("big"));
  }

  @Test
  void onlyWhoIsWithinTheWindowOfTheLeastServedMayBeServed() {
    shares.waits("a");
    shares.waits("b");
    shares.charge("a", 3);
    assertTrue(shares.eligible("a"), "3 ahead, and the window is twice the mean of 3");
    assertFalse(shares.owed("b"));
    shares.charge("a", 3);
    assertTrue(shares.eligible("a"), "6 ahead");
    shares.charge("a", 3);
    assertEquals(3, shares.ahead("a"), 1e-9);
    assertFalse(shares.eligible("a"));
    assertTrue(shares.eligible("b"));
    assertTrue(shares.owed("b"));
    assertFalse(shares.owed("a"));
  }

  @Test
  void nobodyIsAheadOfNobody() {
    shares.waits("a");
    for (int i = 0; i < 100; i++) {
      shares.charge("a", 5);
      assertTrue(shares.eligible("a"));
      assertFalse(shares.owed("a"));
    }
  }

  @Test
  void whoComesBackIsOwedNothing() {
    shares.waits("a");
    shares.charge("a", 50);
    shares.waits("b");
    assertEquals(50, shares.virtualTime("b"));
    shares.waitsNoMore("b");
    shares.charge("a", 50);
    shares.waits("b");
    assertEquals(100, shares.virtualTime("b"));
  }

  @Test
  void whoLeavesAheadComesBackAhead() {
    shares.waits("a");
    shares.waits("b");
    shares.charge("a", 50);
    shares.waitsNoMore("a");
    shares.waits("a");
    assertEquals(50, shares.virtualTime("a"));
  }

  @Test
  void timeStandsStillWhileNobodyWaits() {
    shares.waits("a");
    shares.charge("a", 7);
    shares.waitsNoMore("a");
    shares.waits("b");
    assertEquals(7, shares.virtualTime("b"));
  }

  @Test
  void whatProvesShorterIsGivenBack() {
    shares.waits("big");
    shares.charge("big", 8);
    shares.correct("big", -4);
    assertEquals(1, shares.virtualTime("big"));
    shares.correct("nobody", 4);
    assertEquals(1, shares.virtualTime("nobody"), "one that isn't known starts at the least");
  }

  @Test
  void tenantsThatAreEvenAreForgotten() {
    shares.waits("lasting");
    for (int i = 0; i < 10_000; i++) {
      String tenant = "tenant-" + i;
      shares.waits(tenant);
      shares.charge(tenant, 1);
      shares.waitsNoMore(tenant);
      shares.charge("lasting", 2);
    }
    assertTrue(shares.known() < 2_000, () -> shares.known() + " tenants");
  }

  @Test
  void nobodyStopsWaitingWhoDidNot() {
    assertThrows(IllegalStateException.class, () -> shares.waitsNoMore("a"));
  }

  @Test
  void settingsAreChecked() {
    assertEquals(1, FairnessSettings.DEFAULT.weightOf("anyone"));
    assertThrows(IllegalArgumentException.class, () -> new FairnessSettings(-1, Map.of()));
    assertThrows(IllegalArgumentException.class, () -> new FairnessSettings(Double.NaN, Map.of()));
    assertThrows(IllegalArgumentException.class, () -> new FairnessSettings(1, Map.of("a", 0.0)));
  }
}
