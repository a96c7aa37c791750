package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static io.signalbox.core.pool.Story.CPU;
import static io.signalbox.core.pool.Story.costing;
import static io.signalbox.core.pool.Story.onlyOn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.TaskError;
import io.signalbox.core.job.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Attempts that take far too long, and the copies that race them. */
class SpeculationTest {
  private final Story story = new Story();

  private static TaskSpec ten(String task, String... parents) {
    return costing(TaskSpec.of(task, "op", parents), Map.of("a100", 10.0, "cpu", 100.0));
  }

  /** Time passes second by second, and every device names what it holds. */
  private Story pass(double seconds, AttemptRef... held) {
    for (double left = seconds; left > 0; left--) {
      story.now += Math.min(1, left);
      story.heartbeats(held).tick();
    }
    return story;
  }

  /** Time passes until an offer is made. */
  private Effect.Offer await(String expected, AttemptRef... held) {
    for (int i = 0; i < 300 && story.offers.isEmpty(); i++) {
      pass(1, held);
    }
    return story.expectOffer(expected);
  }

  /** A job whose first task runs on gpu-1 for 20 s by now, while gpu-2 is idle. */
  private Effect.Offer straggler(TaskSpec... specs) {
    story.device("gpu-1", A100).device("gpu-2", A100).submit("j", List.of(specs), true).tick();
    var first = story.expectOffers("a@gpu-1").getFirst();
    story.start(first);
    pass(14, first.attempt());
    story.expectOffers();
    pass(6, first.attempt());
    return first;
  }

  @Test
  void stragglerIsRacedByACopyAndTheFirstToCompleteWins() {
    var first = straggler(ten("a"), ten("b", "a"));
    var copy = story.expectOffer("a@gpu-2");
    assertEquals(2, copy.attempt().attempt());
    assertEquals("speculation", copy.decision().policy());
    story.start(copy).restart();
    pass(10, first.attempt(), copy.attempt());
    story.complete(copy).tick();
    assertEquals(first.attempt(), story.cancels.removeFirst().attempt());
    assertEquals("b", story.takeOffers().getFirst().attempt().task());
    story.complete(first).tick();
    story.expectEvents("ACCEPTED", "TASK_STARTED a", "TASK_STARTED a", "TASK_SUCCEEDED a");
    assertEquals(2, story.seen.getLast().attempt());
    story.end();
  }

  /**
   * What is due at a moment must be done by a tick at that moment, or virtual time stands still.
   * Sums of times are rounded, the more so when they pass a power of two, 32 s here.
   */
  @Test
  void whatIsDueIsDoneWhenItIsDue() {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      Story each = new Story();
      each.now = 14 + random.nextDouble();
      each.device("gpu-1", A100).submit("j", List.of(ten("a")), true).tick();
      var offer = each.expectOffer("a@gpu-1");
      each.now += random.nextDouble();
      each.start(offer);
      double beat = each.now;
      for (double end = each.now + 25; each.now < end; each.now = next(each, beat)) {
        if (each.now >= beat + 1) {
          beat = each.now;
          each.heartbeats(offer.attempt());
        }
        for (int ticks = 0; ticks == 0 || each.pool.nextDue(each.now) <= each.now; ticks++) {
          assertTrue(ticks < 50, () -> "at " + each.now + " something stays due");
          each.tick();
        }
      }
    }
  }

  private static double next(Story story, double beat) {
    return Math.min(story.pool.nextDue(story.now), beat + 1);
  }

  @Test
  void copyThatComesTooLateIsCancelledAndItsDeviceIsFree() {
    var first = straggler(ten("a"), ten("b", "a"), ten("c", "a"));
    var copy = story.expectOffer("a@gpu-2");
    story.start(copy);
    story.complete(first).tick();
    assertEquals(copy.attempt(), story.cancels.removeFirst().attempt());
    story.expectOffers("b@gpu-1", "c@gpu-2");
    story.end();
  }

  @Test
  void copyThatIsOnlyOfferedIsTakenBackToo() {
    var first = straggler(ten("a"));
    var copy = story.expectOffer("a@gpu-2");
    story.complete(first).tick();
    assertEquals(copy.attempt(), story.cancels.removeFirst().attempt());
    // It started before the CANCEL came.
    story.start(copy);
    story.end();
  }

  @Test
  void lateStartOfTheLoserIsCancelledAgain() {
    var first = straggler(ten("a"), ten("b", "a"));
    var copy = story.expectOffer("a@gpu-2");
    story.complete(first).tick();
    story.cancels.clear();
    story.takeOffers();
    story.start(copy);
    assertEquals(copy.attempt(), story.cancels.removeFirst().attempt());
    story.heartbeat("gpu-2", copy.attempt());
    assertEquals(copy.attempt(), story.cancels.removeFirst().attempt());
    story.start(first).heartbeat("gpu-1", first.attempt());
    story.end();
  }

  @Test
  void failedCopyCountsForNothingWhileTheOtherLives() {
    var first = straggler(ten("a"));
    var copy = story.expectOffer("a@gpu-2");
    story.start(copy).fail(copy, TaskError.Kind.EXTERNAL).restart().tick();
    // By now more is known of how long it may take.
    var again = await("a@gpu-2", first.attempt());
    story.start(again).fail(again, TaskError.Kind.EXTERNAL).tick();
    // Three offers are enough for one task.
    pass(30, first.attempt()).expectOffers();
    story.fail(first, TaskError.Kind.EXTERNAL).tick();
    assertEquals(1, ((Row.TaskRow) story.rows.get(key("a"))).failures());
    story.expectEvents(
        "ACCEPTED",
        "TASK_STARTED a",
        "TASK_STARTED a",
        "TASK_RETRYING a",
        "TASK_STARTED a",
        "TASK_RETRYING a",
        "TASK_RETRYING a");
  }

  private static RowKey key(String task) {
    return new RowKey(RowKey.Kind.TASK, "j", task);
  }

  @Test
  void copyTakesThePlaceOfAFirstAttemptThatIsLost() {
    straggler(ten("a"));
    var copy = story.expectOffer("a@gpu-2");
    story.restartOf("gpu-1").restart().tick();
    story.expectOffers();
    story.start(copy).complete(copy).tick();
    story.expectEvents(
        "ACCEPTED",
        "TASK_STARTED a",
        "TASK_RETRYING a",
        "TASK_STARTED a",
        "TASK_SUCCEEDED a",
        "JOB_SUCCEEDED");
    story.end();
  }

  @Test
  void copyTakesThePlaceOfAFirstAttemptThatFails() {
    var first = straggler(ten("a"));
    var copy = story.expectOffer("a@gpu-2");
    story.start(copy).fail(first, TaskError.Kind.INTERNAL).restart().tick();
    story.expectOffers();
    // Now it's the copy that is raced.
    assertEquals(3, await("a@gpu-1", copy.attempt()).attempt().attempt());
    story.complete(copy).tick();
    assertEquals(JobEvent.Type.JOB_SUCCEEDED, story.events.getLast().type());
  }

  @Test
  void errorOfTheTaskItselfEndsBoth() {
    var first = straggler(ten("a"));
    var copy = story.expectOffer("a@gpu-2");
    story.start(copy).fail(copy, TaskError.Kind.USER).tick();
    assertEquals(first.attempt(), story.cancels.removeFirst().attempt());
    assertEquals(JobEvent.Type.JOB_FAILED, story.events.getLast().type());
    story.end();
  }

  @Test
  void cancelledJobStopsBoth() {
    var first = straggler(ten("a"));
    var copy = story.expectOffer("a@gpu-2");
    story.start(copy).on(new Input.CancelJob("j", "")).tick();
    assertEquals(
        List.of(first.attempt(), copy.attempt()),
        story.cancels.stream().map(Effect.Cancel::attempt).toList());
  }

  @Test
  void copyNobodyTakesEndsAndAnotherIsMade() {
    var first = straggler(ten("a"));
    var copy = story.expectOffer("a@gpu-2");
    pass(copy.acceptBy() - story.now + Story.SETTINGS.clockSkewSeconds(), first.attempt());
    assertEquals(3, story.expectOffer("a@gpu-2").attempt().attempt());
    story.start(copy);
    assertEquals(copy.attempt(), story.cancels.removeFirst().attempt());
    story.complete(first).tick();
    assertEquals(JobEvent.Type.JOB_SUCCEEDED, story.events.getLast().type());
  }

  @Test
  void releasedCopyLeavesTheFirstAlone() {
    var first = straggler(ten("a"));
    story.release(story.expectOffer("a@gpu-2"), "gpu-2").tick();
    story.expectOffers();
    double released = story.now;
    await("a@gpu-2", first.attempt());
    assertTrue(story.now <= released + 2, "once more is known of how long it may take");
  }

  @Test
  void oneDeviceNeverRunsBoth() {
    var first = straggler(ten("a"));
    var copy = story.expectOffer("a@gpu-2");
    // The lane has moved, and gpu-1 has taken up the copy's offer beside the first attempt.
    story.start(copy, "gpu-1");
    assertEquals(copy.attempt(), story.cancels.removeFirst().attempt());
    story.complete(first).tick();
    story.takeOffers();
    assertEquals(JobEvent.Type.JOB_SUCCEEDED, story.events.getLast().type());
    story.end();
  }

  @Test
  void copyTakenUpByAnotherDeviceRunsThere() {
    var first = straggler(ten("a"));
    var copy = story.expectOffer("a@gpu-2");
    story.device("gpu-3", A100).start(copy, "gpu-3").restart();
    story.complete(copy, "gpu-3").tick();
    assertEquals(first.attempt(), story.cancels.removeFirst().attempt());
    story.end();
  }

  @Test
  void copiesKeepToTheBudgetAndTheMostUrgentGoesFirst() {
    for (String id : List.of("gpu-1", "gpu-2", "gpu-3", "gpu-4")) {
      story.device(id, A100);
    }
    story.submit("j", List.of(ten("a"), ten("b"), ten("then", "b")), true).tick();
    List<AttemptRef> held = new ArrayList<>();
    story
        .takeOffers()
        .forEach(offer -> {
          story.start(offer);
          held.add(offer.attempt());
        });
    pass(20, held.toArray(AttemptRef[]::new));
    var copy = story.takeOffers().getFirst();
    assertEquals("b", copy.attempt().task());
    story.start(copy);
    held.add(copy.attempt());
    pass(20, held.toArray(AttemptRef[]::new)).expectOffers();
  }

  @Test
  void copyThatAJobWaitsForGoesAheadOfWhatIsReady() {
    story.device("gpu-1", A100).device("gpu-2", A100);
    // Beside the long path that begins with a there is always something short to do.
    List<TaskSpec> specs = new ArrayList<>(List.of(ten("a"), ten("b", "a"), ten("c", "b")));
    for (int i = 0; i < 30; i++) {
      specs.add(costing(TaskSpec.of("s" + i, "short"), Map.of("a100", 1.0, "cpu", 100.0)));
    }
    story.submit("j", specs, true).tick();
    var offers = story.takeOffers();
    var a = offers.getFirst();
    assertEquals("a", a.attempt().task());
    story.start(a);
    var small = offers.getLast();
    boolean copied = false;
    for (int i = 0; i < 25 && !copied; i++) {
      story.start(small);
      pass(1, a.attempt(), small.attempt());
      story.complete(small).tick();
      small = story.takeOffers().getFirst();
      copied = small.attempt().task().equals("a");
    }
    assertTrue(copied, "the copy waits for the short tasks");
  }

  @Test
  void copyMustBeWorthIt() {
    story.device("gpu-1", A100).device("cpu-1", CPU).submit("j", List.of(ten("a")), true).tick();
    var first = story.expectOffer("a@gpu-1");
    story.start(first);
    // The CPU needs 100 seconds, or more by what the GPU has shown.
    pass(95, first.attempt()).expectOffers();
    await("a@cpu-1", first.attempt());
  }

  @Test
  void copyKeepsToTheClassesOfItsTask() {
    story.device("gpu-1", A100).device("cpu-1", CPU);
    story.submit("j", List.of(onlyOn(ten("a"), "a100")), true).tick();
    var first = story.expectOffer("a@gpu-1");
    story.start(first);
    pass(150, first.attempt()).expectOffers();
  }

  @Test
  void poolIsDueWhenAnAttemptBecomesOverdue() {
    story.device("gpu-1", A100).device("gpu-2", A100).submit("j", List.of(ten("a")), true).tick();
    var first = story.expectOffer("a@gpu-1");
    assertTrue(story.pool.nextDue(story.now) <= first.acceptBy() + 1);
    story.start(first);
    pass(15, first.attempt());
    double due = story.pool.nextDue(story.now);
    while (due < story.now + 2.5) {
      story.now = due;
      story.heartbeats(first.attempt()).tick();
      if (!story.offers.isEmpty()) {
        break;
      }
      due = story.pool.nextDue(story.now);
    }
    story.expectOffer("a@gpu-2");
  }

  @Test
  void nothingIsCopiedWhereSpeculationIsOff() {
    PoolSettings usual = Story.SETTINGS;
    Story calm =
        new Story(
            new PoolSettings(
                usual.deviceClasses(),
                usual.offerSeconds(),
                usual.clockSkewSeconds(),
                1e9,
                usual.maxAttempts(),
                usual.backoffSeconds(),
                usual.maxBackoffSeconds(),
                usual.endedJobSeconds(),
                usual.linkedOffers(),
                usual.limits(),
                usual.placement(),
                PoolSettings.Speculation.OFF));
    calm.device("gpu-1", A100).device("gpu-2", A100).submit("j", List.of(ten("a")), true).tick();
    calm.start(calm.expectOffer("a@gpu-1")).after(1_000);
    calm.end();
  }

  @Test
  void nothingWaitsBehindAnAttemptThatIsOverdue() {
    TaskSpec a = costing(TaskSpec.of("a", "op"), Map.of("a100", 0.1, "cpu", 100.0));
    TaskSpec b = costing(TaskSpec.of("b", "op"), Map.of("a100", 0.1, "cpu", 100.0));
    story.device("gpu-1", A100, 1, 1).submit("j", List.of(a, b), true).tick();
    story.start(story.expectOffer("a@gpu-1"));
    for (int i = 0; i < 100; i++) {
      story.after(0.01);
    }
    // It was sent ahead when the first one should soon have been over.
    story.expectOffers("b@gpu-1");
    assertEquals(1, story.cancels.size());
    assertEquals("b", story.cancels.removeFirst().attempt().task());
    story.device("gpu-2", A100, 2, 0).tick();
    story.expectOffers("a@gpu-2", "b@gpu-2");
  }

  @Test
  void overdueAttemptTeachesWhatNothingElseIsKnownOf() {
    story.device("gpu-1", A100).device("gpu-2", A100);
    story.submit("j", List.of(ten("a"), ten("b", "a")), true).tick();
    var first = story.expectOffer("a@gpu-1");
    story.start(first);
    pass(20, first.attempt());
    story.complete(story.expectOffer("a@gpu-2")).tick();
    var b = story.takeOffers().getFirst();
    assertTrue(b.decision().predictedSeconds() > 2, () -> b.toString());
    assertNotNull(story.pool.job("j"));
  }
}
