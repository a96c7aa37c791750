package io.signalbox.core.hotspot;

import static io.signalbox.core.hotspot.HotspotNews.Change.CLEARED;
import static io.signalbox.core.hotspot.HotspotNews.Change.ENTERED;
import static io.signalbox.core.hotspot.HotspotNews.Change.UPDATED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HotspotTrackTest {
  private static final Threshold NONE = new Threshold(0, 0);

  private final HotspotTrack track = new HotspotTrack();

  private static HotspotSettings settings(Threshold frequency, Threshold latency) {
    return new HotspotSettings(60, 10, 5, 10, 20, 4, 10, frequency, latency, 0.8, 2);
  }

  private HotspotNews.@Nullable Change window(
      HotspotSettings settings, double perSecond, double meanSeconds) {
    long count = Math.round(perSecond * 60);
    HotspotNews news =
        track.judge(
            new WindowStatistics(count, perSecond, meanSeconds, meanSeconds, 0, 0, 0.5, 0.5),
            settings);
    return news == null ? null : news.change();
  }

  @Test
  void frequencyAtTheAbsoluteThresholdIsntHotAndBeyondItIs() {
    HotspotSettings settings = settings(new Threshold(2, 0), NONE);
    assertNull(window(settings, 2, 100));
    assertFalse(track.hot());
    assertEquals(ENTERED, window(settings, 2.01, 0));
    assertTrue(track.hot());
  }

  @Test
  void meanRunTimeAtTheAbsoluteThresholdIsntHotAndBeyondItIs() {
    HotspotSettings settings = settings(NONE, new Threshold(0.2, 0));
    assertNull(window(settings, 1, 0.2));
    assertEquals(ENTERED, window(settings, 1, 0.201));
  }

  @Test
  void fewerAttemptsThanTheLeastCountAreNeverHot() {
    HotspotSettings settings = settings(NONE, new Threshold(0.2, 0));
    assertNull(window(settings, 9 / 60.0, 100));
    assertEquals(ENTERED, window(settings, 10 / 60.0, 100));
  }

  @Test
  void hotOperationIsClearedOnlyAfterCalmWindowsInARow() {
    HotspotSettings settings = settings(new Threshold(2, 0), NONE);
    assertEquals(ENTERED, window(settings, 3, 0));
    assertEquals(UPDATED, window(settings, 1.7, 0), "below the threshold, but not clearly");
    assertEquals(UPDATED, window(settings, 1.5, 0), "the first calm window");
    assertEquals(UPDATED, window(settings, 1.6, 0), "at the calm share: not below it");
    assertEquals(UPDATED, window(settings, 1.5, 0));
    assertEquals(CLEARED, window(settings, 1.5, 0));
    assertNull(window(settings, 1.9, 0));
    assertEquals(ENTERED, window(settings, 2.1, 0));
  }

  @Test
  void operationThatIsStillSlowStaysHotThoughItIsRare() {
    HotspotSettings settings = settings(new Threshold(2, 0), new Threshold(0.2, 0));
    assertEquals(ENTERED, window(settings, 3, 0.3));
    for (int i = 0; i < 5; i++) {
      assertEquals(UPDATED, window(settings, 1, 0.3));
    }
    window(settings, 1, 0.1);
    assertEquals(CLEARED, window(settings, 1, 0.1));
  }

  @Test
  void hotOperationThatStopsIsCleared() {
    HotspotSettings settings = settings(new Threshold(2, 0), NONE);
    window(settings, 3, 1);
    assertEquals(UPDATED, window(settings, 0, 0));
    assertEquals(CLEARED, window(settings, 0, 0));
  }

  @Test
  void adaptiveThresholdIsMedianAndDeviationsOfTheOperationsOwnPast() {
    HotspotSettings settings = settings(NONE, new Threshold(0, 3));
    for (double mean : new double[] {1, 2, 3, 4, 5}) {
      assertNull(window(settings, 1, mean));
    }
    // Median 3, median absolute deviation 1: the limit is 3 + 3 * 1.4826.
    assertNull(window(settings, 1, 7.447));
    HotspotTrack other = new HotspotTrack(track.memory());
    assertTrue(other.judge(new WindowStatistics(60, 1, 9.5, 0, 0, 0, 1, 1), settings) != null);
  }

  @Test
  void adaptiveThresholdNeedsAPast() {
    HotspotSettings settings = settings(NONE, new Threshold(0, 3));
    for (int i = 0; i < 3; i++) {
      assertNull(window(settings, 1, 1));
    }
    assertNull(window(settings, 1, 100), "three windows are too few");
    assertEquals(ENTERED, window(settings, 1, 100), "four are enough");
  }

  @Test
  void changesWithinATenthPerDeviationAreNeverHotHoweverEvenThePast() {
    HotspotSettings settings = settings(new Threshold(0, 3), NONE);
    for (int i = 0; i < 10; i++) {
      assertNull(window(settings, 1, 1));
    }
    assertNull(window(settings, 1.29, 1));
    assertEquals(ENTERED, window(settings, 1.31, 1));
  }

  @Test
  void lowerOneOfTwoLimitsCounts() {
    HotspotSettings settings = settings(new Threshold(10, 3), NONE);
    for (int i = 0; i < 10; i++) {
      window(settings, 1, 1);
    }
    assertEquals(ENTERED, window(settings, 2, 1));
  }

  @Test
  void whatLastsLongerThanHalfOfTheHistoryIsUsualFromThenOn() {
    HotspotSettings settings = settings(new Threshold(0, 3), NONE);
    for (int i = 0; i < 20; i++) {
      window(settings, 1, 1);
    }
    assertEquals(ENTERED, window(settings, 5, 1));
    int hot = 1;
    while (window(settings, 5, 1) == UPDATED) {
      hot++;
    }
    assertFalse(track.hot());
    assertEquals(
        12, hot, "eleven of twenty windows are most of them; the next is the first calm one");
  }

  @Test
  void windowsWithoutAttemptsLeaveNoTraceInThePast() {
    HotspotSettings settings = settings(new Threshold(0, 3), NONE);
    for (int i = 0; i < 10; i++) {
      window(settings, 1, 1);
      window(settings, 0, 0);
    }
    assertNull(window(settings, 1.2, 1));
    assertArrayEquals(new double[] {1, 1.2}, tail(track.memory().frequencies(), 2));
  }

  private static double[] tail(double[] values, int size) {
    return Arrays.copyOfRange(values, values.length - size, values.length);
  }

  @Test
  void historyIsBounded() {
    HotspotSettings settings = settings(NONE, NONE);
    for (int i = 0; i < 100; i++) {
      window(settings, i, 1);
    }
    assertEquals(20, track.memory().frequencies().length);
    assertEquals(80, track.memory().frequencies()[0]);
  }

  @Test
  void storedTrackGoesOnWhereItWas() {
    HotspotSettings settings = settings(new Threshold(2, 0), NONE);
    window(settings, 3, 0);
    window(settings, 1, 0);
    HotspotTrack restored = new HotspotTrack(track.memory());
    WindowStatistics calm = new WindowStatistics(60, 1, 0, 0, 0, 0, 0, 0);
    HotspotNews news = restored.judge(calm, settings);
    assertTrue(news != null && news.change() == CLEARED);
  }

  @Test
  void operationsBeyondTheCapArePooledUntilOneIsForgotten() {
    KnownOperations known = new KnownOperations(2);
    assertEquals("a", known.nameFor("a"));
    assertEquals("b", known.nameFor("b"));
    assertEquals(HotspotSettings.OTHER, known.nameFor("c"));
    assertEquals("a", known.nameFor("a"));
    known.retain(Set.of("b"));
    assertEquals("c", known.nameFor("c"));
    assertEquals(HotspotSettings.OTHER, known.nameFor("a"));
  }

  @Test
  void settingsThatCantBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Threshold(-1, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new HotspotSettings(15, 10, 5, 1, 1, 1, 1, NONE, NONE, 0.5, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new HotspotSettings(60, 10, 5, 1, 1, 2, 1, NONE, NONE, 0.5, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new HotspotSettings(60, 10, 5, 1, 1, 1, 1, NONE, NONE, 1.5, 1));
  }
}
