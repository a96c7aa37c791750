package io.signalbox.core.tuning;

import static io.signalbox.core.tuning.Reschedule.Trigger.HEALTH_CHECKS;
import static io.signalbox.core.tuning.Reschedule.Trigger.OCCUPANCY;
import static io.signalbox.core.tuning.Reschedule.Trigger.RESPONSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceWeight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolWatchTest {
  private PoolWatch watch = new PoolWatch(TuningSettings.DEFAULT);
  private double now = 1_000;

  private void heard(String device, boolean healthy, int running) {
    watch.seen(new Sighting(device, "gpu", true, healthy, 10, running, 0.5, 0.06), now);
  }

  private List<Reschedule> check() {
    return watch.check(now);
  }

  private static List<String> names(List<Reschedule> orders) {
    return orders.stream().map(order -> order.trigger() + " " + order.device()).toList();
  }

  @Test
  void weightIsAHundredAndWhatIsIdleAndNear() {
    assertEquals(180, DeviceWeight.of(0, 0));
    assertEquals(130, DeviceWeight.of(1, 0.049));
    assertEquals(140, DeviceWeight.of(0.5, 0.05));
    assertEquals(140, DeviceWeight.of(0.5, 0.099));
    assertEquals(125, DeviceWeight.of(0.5, 0.1));
    assertEquals(100, DeviceWeight.of(7, 1));
    assertEquals(100, DeviceWeight.of(Double.NaN, 1));
  }

  @Test
  void thirdFailedCheckInARowIsNamedWithItsEvidence() {
    for (boolean healthy : new boolean[] {false, false, true, false, false}) {
      heard("a", healthy, 0);
      assertEquals(List.of(), check());
    }
    heard("a", false, 0);
    assertEquals(List.of(new Reschedule("a", HEALTH_CHECKS, 3, 3, 140)), check());
  }

  @Test
  void deviceThatIsWellAgainWhenItIsLookedAtIsNamedAllTheSameAndOnce() {
    for (boolean healthy : new boolean[] {false, false, false, false, true}) {
      heard("a", healthy, 0);
    }
    assertEquals(4, check().getFirst().observed());
    now += 61;
    heard("a", true, 0);
    assertEquals(List.of(), check());
  }

  @Test
  void deviceIsntNamedForTheSameReasonBeforeItsCoolDown() {
    for (int second = 0; second < 130; second++) {
      heard("a", false, 0);
      assertEquals(second == 2 || second == 62 || second == 122, !check().isEmpty(), "" + second);
      now++;
    }
  }

  private void attempts(String device, int attempts, double seconds) {
    for (int i = 0; i < attempts; i++) {
      watch.ended(device, seconds, now);
    }
  }

  @Test
  void deviceThatAnswersLateIsNamedWhenItsClassDoesBetter() {
    heard("a", true, 0);
    heard("b", true, 0);
    heard("c", true, 0);
    attempts("a", 5, 0.1);
    attempts("b", 5, 0.08);
    attempts("c", 5, 0.2);
    assertEquals(List.of(), check(), "200 ms is the threshold itself");
    attempts("c", 5, 0.21);
    assertEquals(List.of("RESPONSE c"), names(check()));
  }

  @Test
  void classWhoseTasksAreLongHasNoLateDeviceUntilOneTakesTwiceAsLong() {
    heard("a", true, 0);
    heard("b", true, 0);
    attempts("a", 5, 10);
    attempts("b", 5, 20);
    assertEquals(List.of(), check());
    attempts("b", 5, 20.1);
    Reschedule order = check().getFirst();
    assertEquals("b", order.device());
    assertEquals(RESPONSE, order.trigger());
    assertEquals(20.05, order.observed(), 1e-9);
    assertEquals(20, order.threshold(), 1e-9);
  }

  @Test
  void fewAttemptsAndOneDeviceAloneSayNothing() {
    heard("a", true, 0);
    attempts("a", 50, 100);
    assertEquals(List.of(), check());
    heard("b", true, 0);
    attempts("b", 4, 1_000);
    assertEquals(List.of(), check());
  }

  @Test
  void runTimesLeaveTheWindow() {
    heard("a", true, 0);
    heard("b", true, 0);
    attempts("a", 5, 0.1);
    attempts("b", 5, 9);
    now += 59;
    heard("a", true, 0);
    heard("b", true, 0);
    attempts("a", 5, 0.1);
    now += 2;
    assertEquals(List.of(), check(), "what b did is over a minute ago");
  }

  @Test
  void fullDeviceIsNamedAfterThirtySecondsWithoutABreak() {
    List<String> named = new ArrayList<>();
    for (int second = 0; second <= 60; second++) {
      heard("full", true, second == 20 ? 9 : 10);
      heard("idle", true, 0);
      for (String name : names(check())) {
        named.add(second + " " + name);
      }
      now++;
    }
    assertEquals(List.of("51 OCCUPANCY full"), named, "nine tenths are the threshold itself");
  }

  @Test
  void fullPoolIsNamedAsOne() {
    for (int second = 0; second < 30; second++) {
      heard("a", true, 10);
      assertEquals(List.of(), check());
      now++;
    }
    heard("a", true, 10);
    List<Reschedule> orders = check();
    assertEquals(List.of("OCCUPANCY a", "OCCUPANCY "), names(orders));
    assertEquals(new Reschedule("", OCCUPANCY, 1, 0.9, 0), orders.getLast());
  }

  @Test
  void ordersOfAMinuteAreLimitedAndHealthComesFirst() {
    watch = new PoolWatch(new TuningSettings(60, 5, 60, 3, Thresholds.DEFAULT, Map.of()));
    int orders = 0;
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 5; i++) {
        heard("full" + i, true, 10);
        heard("ill" + i, second < 29, 10);
      }
      List<Reschedule> given = check();
      orders += given.size();
      if (second == 30) {
        assertEquals(
            List.of("OCCUPANCY full0", "OCCUPANCY full1", "OCCUPANCY full2"), names(given));
      }
      now++;
    }
    assertEquals(3, orders);
    for (int i = 0; i < 5; i++) {
      heard("full" + i, true, 10);
      heard("ill" + i, false, 10);
    }
    assertEquals(
        List.of("HEALTH_CHECKS ill0", "HEALTH_CHECKS ill1", "HEALTH_CHECKS ill2"), names(check()));
  }

  @Test
  void thresholdsAreThoseOfTheClass() {
    Thresholds patient = new Thresholds(5, 0.2, 2, 1, 30);
    watch =
        new PoolWatch(
            new TuningSettings(60, 5, 60, 10, Thresholds.DEFAULT, Map.of("gpu", patient)));
    for (int i = 0; i < 4; i++) {
      heard("a", false, 0);
      assertEquals(List.of(), check());
    }
    heard("a", false, 0);
    assertEquals(5, check().getFirst().threshold());
  }

  @Test
  void silentDeviceIsForgotten() {
    heard("a", true, 0);
    now += 61;
    assertEquals(List.of(), check());
    assertTrue(watch.isEmpty());
  }

  @Test
  void drainingDeviceIsNotNamed() {
    for (int i = 0; i < 5; i++) {
      watch.seen(new Sighting("a", "gpu", false, false, 1, 1, 0, 0), now);
      assertEquals(List.of(), check());
    }
  }
}
