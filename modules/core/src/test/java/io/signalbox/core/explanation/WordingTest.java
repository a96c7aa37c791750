package io.signalbox.core.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.TaskRef;
import io.signalbox.core.placement.QueueState;
import io.signalbox.core.placement.WaitReason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What no story of the pool comes by easily; the rest is in ExplainTest. */
class WordingTest {
  private static final TaskRef TASK = new TaskRef("j", "a");
  private static final TaskFacts FACTS =
      new TaskFacts("op", 2, 1, 3, Optional.empty(), 0, 90, Optional.empty());

  private static LiveAttempt running(int number, String device, double startsAt) {
    return new LiveAttempt(
        number, device, "cpu", true, startsAt, 10, 110, OptionalDouble.empty(), Optional.empty());
  }

  @Test
  void attemptsThatRaceEachOtherAreBothTold() {
    List<LiveAttempt> attempts = List.of(running(1, "d-1", 80), running(2, "d-2", 95));
    List<String> said = Wording.of(new Explanation.Placed(TASK, FACTS, attempts), 100);
    assertEquals(
        "Task 'j/a' has been running on d-1 (cpu) for 20 s (attempt 1), 10 s longer than the 10 s"
            + " that were predicted; it is expected to be done in 10 s.",
        said.get(0));
    assertTrue(said.get(2).startsWith("Task 'j/a' has been running on d-2 (cpu) for 5 s"));
    assertEquals(
        "The first of its 2 attempts to complete wins; the others are cancelled then.",
        said.getLast());
  }

  @Test
  void tenantThatIsAheadOfItsShareWaits() {
    WaitReason reason = new WaitReason.TenantAhead("red", 150);
    QueueState queue = new QueueState("plb", 0, List.of(), List.of(reason));
    List<String> said = Wording.of(new Explanation.Queued(TASK, FACTS, 40, false, queue), 100);
    assertEquals(
        List.of(
            "Task 'j/a' became ready 60 s ago and waits for a device.",
            "Tenant 'red' is ahead of its share by 2 min 30 s of work; others are served first.",
            "From its start to the end of the job it takes at least 90 s.",
            "It can start once the other tenants have caught up, or have nothing to run."),
        said);
  }

  @Test
  void failureThatEndsItsJobIsToldWithItsError() {
    assertEquals(
        List.of("Task 'j/a' failed after 2 attempts: out of memory."),
        Wording.of(new Explanation.Failed(TASK, FACTS, "out of memory"), 100));
  }

  @Test
  void spansAreAsPreciseAsPeopleReadThem() {
    assertEquals("0 s", Spoken.span(0));
    assertEquals("0.01 s", Spoken.span(0.006));
    assertEquals("0.99 s", Spoken.span(0.99));
    assertEquals("1 s", Spoken.span(0.996));
    assertEquals("9.9 s", Spoken.span(9.94));
    assertEquals("100 s", Spoken.span(100));
    assertEquals("2 min 0 s", Spoken.span(119.97));
    assertEquals("119 min 59 s", Spoken.span(7_199));
    assertEquals("2 h 5 min", Spoken.span(7_500));
  }

  @Test
  void listsEndWithWhatIsLeftOut() {
    assertEquals("a", Spoken.list(List.of("a"), 1));
    assertEquals("a and b", Spoken.list(List.of("a", "b"), 2));
    assertEquals("a, b and c", Spoken.list(List.of("a", "b", "c"), 3));
    assertEquals("a, b, c, d, e and 2 more", Spoken.list(List.of("a", "b", "c", "d", "e", "f"), 7));
  }
}
