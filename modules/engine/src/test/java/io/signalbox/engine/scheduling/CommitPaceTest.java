package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.engine.settings.StreamSettings;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
  private static StreamSettings settings(String guarantee) {
    return new StreamSettings(1, guarantee, "classic", 0, 100, 10, 5, 20, 0, 1, 10, 1_000);
  }

  private final CommitPace pace = new CommitPace(settings("exactly_once_v2"));

  /** Writes so many records every millisecond and counts the commits of a second. */
  private int commits(int recordsPerMilli, double from) {
    int commits = 0;
    for (int milli = 0; milli < 1_000; milli++) {
      for (int i = 0; i < recordsPerMilli; i++) {
        pace.wrote();
      }
      commits += pace.isDue(from + milli / 1e3) ? 1 : 0;
    }
    return commits;
  }

  @Test
  void whatAnIdleEngineWritesIsCommittedAtOnce() {
    assertFalse(pace.isDue(10), "nothing was written");
    pace.wrote();
    assertTrue(pace.isDue(10.001));
    pace.wrote();
    assertFalse(pace.isDue(10.002), "the last commit was a moment ago");
    assertTrue(pace.isDue(10.0075));
    assertFalse(pace.isDue(11), "nothing was written since");
  }

  @Test
  void theRestGrowsWithTheLoadUpToHalfOfTheCommitInterval() {
    int few = commits(1, 100);
    int many = commits(20, 200);
    int tooMany = commits(1_000, 300);
    assertTrue(few > 120, "1,000 records/s are committed every 6 ms: " + few);
    assertTrue(many < 50 && many > 25, "20,000 records/s every 25 ms: " + many);
    assertTrue(tooMany <= 30, "more than every 50 ms never: " + tooMany);
    assertEquals(0.05, pace.restSeconds(), 1e-9);
  }

  @Test
  void aBusySecondIsForgotten() {
    commits(100, 100);
    commits(1, 101);
    assertTrue(pace.restSeconds() < 0.006, () -> "rest " + pace.restSeconds());
  }

  @Test
  void underAtLeastOnceNobodyWaitsForACommit() {
    CommitPace loose = new CommitPace(settings("at_least_once"));
    loose.wrote();
    assertFalse(loose.isDue(10));
  }
}
