package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static io.signalbox.core.pool.Story.CPU;
import static io.signalbox.core.pool.Story.costing;
import static io.signalbox.core.pool.Story.onlyOn;
import static io.signalbox.core.pool.Story.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.job.TaskError;
import io.signalbox.core.job.TaskSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolTest {
  private final Story story = new Story();

  @Test
  void childIsOfferedWhenItsParentsAreDone() {
    story.device("gpu-1", A100).submit("j", "c->a,b", "a", "b->a").tick();
    var a = story.expectOffer("a@gpu-1");
    story.start(a).tick();
    story.complete(a).tick();
    var b = story.expectOffer("b@gpu-1");
    story.start(b).complete(b).tick();
    var c = story.expectOffer("c@gpu-1");
    story.start(c).complete(c).tick();
    story.expectEvents(
        "ACCEPTED",
        "TASK_STARTED a",
        "TASK_SUCCEEDED a",
        "TASK_STARTED b",
        "TASK_SUCCEEDED b",
        "TASK_STARTED c",
        "TASK_SUCCEEDED c",
        "JOB_SUCCEEDED");
    story.end();
  }

  @Test
  void rowsOfAnEndedJobAreDeletedButItsOutcomeIsKept() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    story.complete(story.expectOffer("a@gpu-1")).tick();
    assertTrue(
        story.rows.keySet().stream()
            .noneMatch(key -> !key.task().isEmpty() && key.kind() != RowKey.Kind.RUN_TIME));
    JobView view = story.pool.job("j");
    assertNotNull(view);
    assertNotNull(view.outcome());
    assertEquals(Row.JobState.SUCCEEDED, view.outcome().state());
  }

  @Test
  void longestRemainingPathStartsFirst() {
    story.device("gpu-1", A100).submit("j", "short", "long", "next->long", "last->next").tick();
    story.expectOffer("long@gpu-1");
  }

  @Test
  void taskGoesWhereItFinishesFirst() {
    TaskSpec fastOnGpu = costing(TaskSpec.of("g", "op"), Map.of("a100", 1.0, "cpu", 20.0));
    TaskSpec fastOnCpu = costing(TaskSpec.of("c", "op2"), Map.of("a100", 5.0, "cpu", 2.0));
    story
        .device("gpu-1", A100)
        .device("cpu-1", CPU)
        .submit("j", List.of(fastOnGpu, fastOnCpu), true)
        .tick();
    story.expectOffers("g@gpu-1", "c@cpu-1");
  }

  @Test
  void taskWaitsForABusyDeviceThatFinishesItSooner() {
    Map<String, Double> unlike = Map.of("a100", 1.0, "cpu", 20.0);
    List<TaskSpec> specs =
        List.of(costing(TaskSpec.of("a", "op"), unlike), costing(TaskSpec.of("b", "op"), unlike));
    story.device("gpu-1", A100).device("cpu-1", CPU).submit("j", specs, true).tick();
    var a = story.expectOffer("a@gpu-1");
    story.start(a).after(1).complete(a).tick();
    story.expectOffer("b@gpu-1");
  }

  @Test
  void fullClassDoesNotHoldUpTheOthers() {
    List<TaskSpec> specs =
        List.of(
            onlyOn(TaskSpec.of("g1", "op"), "a100"),
            onlyOn(TaskSpec.of("g2", "op"), "a100"),
            onlyOn(TaskSpec.of("c1", "op"), "cpu"));
    story.device("gpu-1", A100).device("cpu-1", CPU).submit("j", specs, true).tick();
    story.expectOffers("c1@cpu-1", "g1@gpu-1");
  }

  @Test
  void slotsAndPrefetchBoundWhatADeviceIsGiven() {
    TaskSpec[] brief = new TaskSpec[6];
    for (int i = 0; i < brief.length; i++) {
      brief[i] = costing(TaskSpec.of("t" + i, "op"), Map.of("a100", 0.01));
    }
    story.device("gpu-1", A100, 2, 1).submit("j", List.of(brief), true).tick();
    story.expectOffers("t0@gpu-1", "t1@gpu-1", "t2@gpu-1");
  }

  @Test
  void deviceWithoutALaneGetsNothing() {
    story.device("gpu-1", A100);
    story.report(withLanes("gpu-1", List.of()));
    story.submit("j", "a").tick();
    story.expectOffers();
    story.report(withLanes("gpu-1", List.of(3))).tick();
    assertEquals(3, story.expectOffer("a@gpu-1").lane());
  }

  private DeviceReport withLanes(String id, List<Integer> lanes) {
    return new DeviceReport(
        id,
        "a100",
        1,
        9,
        DeviceReport.State.ACTIVE,
        lanes,
        1,
        0,
        0,
        List.of(),
        0,
        0,
        0,
        0,
        true,
        Set.of());
  }

  @Test
  void missingLanesAreAskedFor() {
    story.device("gpu-1", A100).report(withLanes("gpu-1", List.of())).after(1);
    assertEquals(new Effect.NeedLanes("a100", 1), story.lanes.getFirst());
  }

  @Test
  void offerNobodyTakesIsMadeAgainAfterItsEnd() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    var first = story.expectOffer("a@gpu-1");
    story.now = first.acceptBy();
    story.heartbeats().tick();
    story.expectOffers();
    story.heartbeats().after(Story.SETTINGS.clockSkewSeconds());
    assertEquals(2, story.expectOffer("a@gpu-1").attempt().attempt());
  }

  @Test
  void releasedOfferIsMadeAgainAfterTheNextHeartbeat() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    story.release(story.expectOffer("a@gpu-1"), "gpu-1").tick();
    story.expectOffers();
    story.heartbeats().tick();
    assertEquals(2, story.expectOffer("a@gpu-1").attempt().attempt());
  }

  @Test
  void anotherDeviceMayTakeUpTheOffer() {
    story.device("gpu-1", A100).submit("j", "a", "b").tick();
    var a = story.expectOffer("a@gpu-1");
    story.device("gpu-2", A100).start(a, "gpu-2").tick();
    story.expectOffer("b@gpu-1");
    story.complete(a, "gpu-2").tick();
    story.expectEvents("ACCEPTED", "TASK_STARTED a", "TASK_SUCCEEDED a");
  }

  @Test
  void failedTaskIsTriedAgainAfterItsBackoff() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    var first = story.expectOffer("a@gpu-1");
    story.start(first).fail(first, TaskError.Kind.EXTERNAL).tick();
    story.expectOffers();
    story.after(Story.SETTINGS.backoffSeconds());
    var second = story.expectOffer("a@gpu-1");
    story.start(second).complete(second).tick();
    story.expectEvents(
        "ACCEPTED",
        "TASK_STARTED a",
        "TASK_RETRYING a",
        "TASK_STARTED a",
        "TASK_SUCCEEDED a",
        "JOB_SUCCEEDED");
  }

  @Test
  void userErrorFailsTheJobAtOnce() {
    story.device("gpu-1", A100).device("gpu-2", A100);
    story.submit("j", "a", "b", "c->a").tick();
    var offers = story.takeOffers();
    offers.forEach(story::start);
    story.fail(offers.getFirst(), TaskError.Kind.USER).tick();
    assertEquals(offers.getLast().attempt(), story.cancels.getFirst().attempt());
    JobView view = story.pool.job("j");
    assertNotNull(view);
    assertNotNull(view.outcome());
    assertEquals(Row.JobState.FAILED, view.outcome().state());
    assertTrue(view.outcome().reasons().getFirst().contains("broke"));
  }

  @Test
  void taskFailsWhenItsAttemptsAreUsedUp() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    for (int attempt = 1; attempt <= Story.SETTINGS.maxAttempts(); attempt++) {
      var offer = story.expectOffer("a@gpu-1");
      story.start(offer).fail(offer, TaskError.Kind.INTERNAL).heartbeats().after(60);
      story.heartbeats().tick();
    }
    assertEquals(JobEvent.Type.JOB_FAILED, story.events.getLast().type());
  }

  @Test
  void silentDeviceLosesItsRunningTask() {
    story.device("gpu-1", A100).device("gpu-2", A100).submit("j", "a").tick();
    var a = story.expectOffer("a@gpu-1");
    story.start(a);
    for (int i = 0; i < 4; i++) {
      story.now += 1;
      story.heartbeat("gpu-2").tick();
    }
    var again = story.expectOffer("a@gpu-2");
    assertEquals(2, again.attempt().attempt());
    story.start(again).complete(again).tick();
    story.expectEvents(
        "ACCEPTED",
        "TASK_STARTED a",
        "TASK_RETRYING a",
        "TASK_STARTED a",
        "TASK_SUCCEEDED a",
        "JOB_SUCCEEDED");
  }

  @Test
  void startOfAFailedAttemptThatIsToldTwiceCountsForNothingAfterTheBackOff() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    var failed = story.expectOffer("a@gpu-1");
    story.start(failed).fail(failed, TaskError.Kind.EXTERNAL).submit("k", "b").tick();
    story.start(story.expectOffer("b@gpu-1")).after(2);
    story
        .start(failed)
        .expectEvents(
            "ACCEPTED", "TASK_STARTED a", "TASK_RETRYING a", "ACCEPTED", "TASK_STARTED b");
    assertEquals(failed.attempt(), story.cancels.getLast().attempt());
  }

  @Test
  void newIncarnationLosesTheOldOnesTaskAtOnce() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    story.start(story.expectOffer("a@gpu-1")).restartOf("gpu-1").tick();
    assertEquals(2, story.expectOffer("a@gpu-1").attempt().attempt());
  }

  @Test
  void leaseIsRenewedByBeingNamed() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    var a = story.expectOffer("a@gpu-1");
    story.start(a);
    for (int i = 0; i < 20; i++) {
      story.now += 1;
      story.heartbeat("gpu-1", a.attempt()).tick();
    }
    story.end();
    for (int i = 0; i < 5; i++) {
      story.now += 1;
      story.heartbeat("gpu-1").tick();
    }
    assertEquals(2, story.expectOffer("a@gpu-1").attempt().attempt());
  }

  @Test
  void firstCompletionOfAnyAttemptWins() {
    story.device("gpu-1", A100).submit("j", "a", "b->a").tick();
    var first = story.expectOffer("a@gpu-1");
    story.start(first).restartOf("gpu-1").tick();
    var second = story.expectOffer("a@gpu-1");
    story.start(second).complete(first).tick();
    assertEquals(second.attempt(), story.cancels.getFirst().attempt());
    story.expectOffer("b@gpu-1");
    story.complete(second).tick();
    story.expectEvents(
        "ACCEPTED", "TASK_STARTED a", "TASK_RETRYING a", "TASK_STARTED a", "TASK_SUCCEEDED a");
  }

  @Test
  void cycleIsNamed() {
    story.submit("j", "a->c", "b->a", "c->b");
    story.expectRefusal("has a cycle: ").expectEvents("REJECTED");
  }

  @Test
  void unknownParentOfASealedJobIsNamed() {
    story.submit("j", "a->ghost").expectRefusal("parents that don't exist: ghost");
  }

  @Test
  void parentsMayComeInALaterRecord() {
    story.device("gpu-1", A100).submit("j", tasks("b->a"), false).tick();
    story.expectOffers();
    story.submit("j", tasks("a"), true).tick();
    story.expectOffer("a@gpu-1");
  }

  @Test
  void unsealedJobDoesNotEnd() {
    story.device("gpu-1", A100).submit("j", tasks("a"), false).tick();
    story.complete(story.expectOffer("a@gpu-1")).tick();
    story.expectEvents("ACCEPTED", "TASK_STARTED a", "TASK_SUCCEEDED a");
    story.submit("j", List.of(), true).expectEvents("JOB_SUCCEEDED");
  }

  @Test
  void repeatedSubmissionChangesNothing() {
    story.device("gpu-1", A100).submit("j", "a", "b->a").submit("j", "a", "b->a").tick();
    story.expectOffer("a@gpu-1");
    story.expectEvents("ACCEPTED");
    story.end();
  }

  @Test
  void conflictingSubmissionRejectsTheJob() {
    story.submit("j", tasks("a"), false).submit("j", tasks("a->b", "b"), true);
    story.expectRefusal("'a' of job 'j' was submitted before with other content");
    story.expectEvents("ACCEPTED", "REJECTED");
  }

  @Test
  void unknownDeviceClassIsRejectedWithTheKnownOnes() {
    story.submit("j", List.of(onlyOn(TaskSpec.of("a", "op"), "h9000")), true);
    story.expectRefusal("'h9000', which isn't served; served are a100, cpu");
  }

  @Test
  void spawnedTasksJoinTheJob() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    var a = story.expectOffer("a@gpu-1");
    story.start(a);
    story.on(
        new Input.AttemptCompleted(
            a.attempt(), "gpu-1", 1, story.now - 1, story.now, null, tasks("more->a")));
    story.tick();
    var more = story.expectOffer("more@gpu-1");
    story.complete(more).tick();
    assertEquals(JobEvent.Type.JOB_SUCCEEDED, story.events.getLast().type());
  }

  @Test
  void cancelledJobStopsWhatRuns() {
    story.device("gpu-1", A100).submit("j", "a", "b->a").tick();
    var a = story.expectOffer("a@gpu-1");
    story.start(a).on(new Input.CancelJob("j", "")).tick();
    assertEquals(a.attempt(), story.cancels.getFirst().attempt());
    assertEquals(JobEvent.Type.JOB_CANCELLED, story.events.getLast().type());
  }

  @Test
  void pausedPoolOffersNothing() {
    story.device("gpu-1", A100).on(new Input.PausePool()).submit("j", "a").tick().restart().tick();
    story.expectOffers();
    story.on(new Input.ResumePool()).tick();
    story.expectOffer("a@gpu-1");
  }

  @Test
  void drainedDeviceGetsNothingNew() {
    story.device("gpu-1", A100).device("gpu-2", A100);
    story.on(new Input.DrainDevice("gpu-1", true)).submit("j", "a", "b").tick();
    story.expectOffer("a@gpu-2");
  }

  @Test
  void restartedEngineGoesOnWhereItWas() {
    story.device("gpu-1", A100).device("gpu-2", A100);
    story.submit("j", "a", "b", "c->a,b", "d->c").tick();
    var offers = story.expectOffers("a@gpu-1", "b@gpu-2");
    story.start(offers.get(0)).complete(offers.get(1)).tick();
    story.restart().tick();
    story.expectOffers();
    story.complete(offers.get(0)).tick();
    var c = story.takeOffers().getFirst();
    assertEquals("c", c.attempt().task());
    story.restart().complete(c).tick();
    story.complete(story.takeOffers().getFirst()).tick();
    assertEquals(JobEvent.Type.JOB_SUCCEEDED, story.events.getLast().type());
  }

  @Test
  void eventOfAnUnknownAttemptIsRefused() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    story.expectOffer("a@gpu-1");
    story.on(
        new Input.AttemptStarted(
            new io.signalbox.core.job.AttemptRef("j", "a", 7), "gpu-1", 1, story.now));
    story.expectRefusal("j/a#7 was never offered");
  }

  @Test
  void endedJobIdIsNotUsedTwice() {
    story.device("gpu-1", A100).submit("j", "a").tick();
    story.complete(story.expectOffer("a@gpu-1")).tick();
    story.submit("j", "z").expectRefusal("already ended (SUCCEEDED)");
  }
}
