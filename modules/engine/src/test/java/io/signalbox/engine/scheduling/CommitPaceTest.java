package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.engine.settings.StreamSettings;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
  private static StreamSettings settings(String guarantee) {
    return settings(guarantee, 5);
  }

  private static StreamSettings settings(String guarantee, int restMillis) {
    return new StreamSettings(1, guarantee, "classic", 0, 100, 10, restMillis, 20, 0, 1, 10, 1_000);
  }

  private final CommitPace pace = new CommitPace(settings("exactly_once_v2"));

  private static boolean isDueAfterBatch(CommitPace pace, double now, double seconds) {
    return !pace.readsOn(now, seconds) && pace.isDue(now);
  }

  private static boolean isDueWhenIdle(CommitPace pace, double now) {
    return !pace.readsOn(now) && pace.isDue(now);
  }

  /** A commit from the second 10 on, then something to be committed. */
  private static void commitAndWrite(CommitPace pace, double end) {
    pace.wrote();
    assertTrue(isDueAfterBatch(pace, 10, 0));
    pace.resume(end);
    pace.wrote();
  }

  /**
   * Commits that take so long, each asked for as soon as it is due; returns how many in a second.
   */
  private int commits(double commitSeconds, double batchSeconds, double from) {
    int commits = 0;
    for (double now = from; now < from + 1; now += Math.max(0.001, batchSeconds)) {
      pace.resume(now);
      pace.wrote();
      if (isDueAfterBatch(pace, now, batchSeconds)) {
        commits++;
        now += commitSeconds;
        pace.resume(now);
      }
    }
    return commits;
  }

  @Test
  void whatAnIdleEngineWritesIsCommittedAtOnce() {
    assertFalse(pace.isDue(10), "nothing was written");
    pace.wrote();
    assertTrue(isDueAfterBatch(pace, 10.001, 0.001));
    pace.resume(10.006);
    pace.wrote();
    assertFalse(isDueAfterBatch(pace, 10.010, 0.001), "the last commit was a moment ago");
    assertFalse(isDueWhenIdle(pace, 10.010), "and there may be more at hand");
    assertTrue(pace.isDue(10.012), "there was nothing");
    pace.resume(10.017);
    assertFalse(pace.isDue(11), "nothing was written since");
  }

  @Test
  void whatWasThereWhenACommitEndedIsReadTogetherWithWhatCameMeanwhile() {
    commitAndWrite(pace, 10.006);
    assertFalse(isDueAfterBatch(pace, 10.007, 0.001), "it was at hand at once");
    assertFalse(isDueWhenIdle(pace, 10.007), "no poll has been made since");
    assertTrue(isDueAfterBatch(pace, 10.012, 0.001), "what came during the commit has been read");
  }

  @Test
  void whatTheEngineWaitedForIsCommittedAtOnce() {
    CommitPace restless = new CommitPace(settings("exactly_once_v2", 0));
    commitAndWrite(restless, 10.006);
    assertTrue(isDueAfterBatch(restless, 10.012, 0.001));
  }

  @Test
  void aLongBatchSaysThatMoreHasCome() {
    commitAndWrite(pace, 10.010);
    assertFalse(isDueAfterBatch(pace, 10.030, 0.015));
    assertFalse(isDueWhenIdle(pace, 10.030), "a poll comes first");
    assertTrue(isDueAfterBatch(pace, 10.033, 0.002), "what came meanwhile has been read, too");
  }

  @Test
  void aClockThatGoesBackHoldsNothingUp() {
    commitAndWrite(pace, 10.006);
    assertTrue(isDueAfterBatch(pace, 5, 0.001));
    pace.resume(5.006);
    pace.wrote();
    assertTrue(pace.isDue(4));
  }

  @Test
  void anEngineThatIsNeverDoneCommitsTwiceInACommitInterval() {
    assertEquals(11, commits(0.010, 0.040, 100), 1, "two batches of 40 ms, a commit of 10");
    assertTrue(commits(0.100, 0.040, 200) > 5, "slow commits, too");
  }

  @Test
  void slowCommitsMakeBatchesShort() {
    int fast = commits(0.002, 0.010, 100);
    commits(0.060, 0.010, 200);
    int slow = commits(0.060, 0.010, 300);
    assertTrue(slow > 10, () -> "10 ms are short beside 60: " + slow);
    assertTrue(fast < 25, () -> "and long beside 2: " + fast);
  }

  @Test
  void underAtLeastOnceNobodyWaitsForACommit() {
    CommitPace loose = new CommitPace(settings("at_least_once"));
    loose.wrote();
    assertFalse(isDueAfterBatch(loose, 10, 0));
    assertFalse(loose.isDue(11));
  }
}
