package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static io.signalbox.core.pool.Story.CPU;
import static io.signalbox.core.pool.Story.costing;
import static io.signalbox.core.pool.Story.onlyOn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.job.TaskError;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.placement.PlacementSettings;
import io.signalbox.core.plan.PlanSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkedOffersTest {
  private Story story = new Story();

  /** Tasks of half a second on an A100, "child->parent,parent". */
  private static List<TaskSpec> brief(String... descriptions) {
    return Arrays.stream(descriptions)
        .flatMap(each -> Story.tasks(each).stream())
        .map(spec -> costing(spec, Map.of("a100", 0.5, "cpu", 50.0)))
        .toList();
  }

  private Story submit(String job, String... descriptions) {
    return story.submit(job, brief(descriptions), true);
  }

  private List<String> cancelled() {
    List<String> tasks = story.cancels.stream().map(cancel -> cancel.attempt().task()).toList();
    story.cancels.clear();
    return tasks;
  }

  @Test
  void childIsOfferedWithItsParent() {
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a").tick();
    var offers = story.expectOffers("a@gpu-1", "b@gpu-1");
    assertNull(offers.get(0).after());
    assertEquals(offers.get(0).attempt(), offers.get(1).after());
    story.start(offers.get(0)).complete(offers.get(0)).start(offers.get(1)).tick();
    story.complete(offers.get(1)).tick();
    story.expectEvents(
        "ACCEPTED",
        "TASK_STARTED a",
        "TASK_SUCCEEDED a",
        "TASK_STARTED b",
        "TASK_SUCCEEDED b",
        "JOB_SUCCEEDED");
    story.end();
  }

  @Test
  void chainGrowsAtItsEndWhileItRuns() {
    story.linking("gpu-1", A100, 1, 0, 2);
    submit("j", "a", "b->a", "c->b", "d->c").tick();
    var offers = story.expectOffers("a@gpu-1", "b@gpu-1", "c@gpu-1");
    story.start(offers.get(0)).tick().expectOffers();
    story.complete(offers.get(0)).tick();
    var d = story.expectOffer("d@gpu-1");
    assertEquals(offers.get(2).attempt(), d.after());
    story.restart().start(offers.get(1)).complete(offers.get(1)).tick();
    story.start(offers.get(2)).complete(offers.get(2)).start(d).complete(d).tick();
    assertEquals(JobEvent.Type.JOB_SUCCEEDED, story.events.getLast().type());
    story.end();
  }

  @Test
  void chainEndsWithinALease() {
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a", "c->b", "d->c", "e->d", "f->e", "g->f", "h->g").tick();
    assertEquals(6, story.takeOffers().size(), "3 s of tasks of 0.5 s");
  }

  @Test
  void settingBoundsTheChain() {
    Story small = new Story(settings(1));
    small.linking("gpu-1", A100, 1, 0, 16);
    small.submit("j", brief("a", "b->a", "c->b"), true).tick();
    small.expectOffers("a@gpu-1", "b@gpu-1");
    Story off = new Story(settings(0));
    off.linking("gpu-1", A100, 1, 0, 16);
    off.submit("j", brief("a", "b->a", "c->b"), true).tick();
    off.expectOffers("a@gpu-1");
  }

  private static PoolSettings settings(int linkedOffers) {
    return settings(linkedOffers, Story.SETTINGS.placement());
  }

  /** Tasks are as urgent as their upward ranks say, whatever a plan would make of it. */
  private static PlacementSettings withoutPlan() {
    PlacementSettings usual = Story.SETTINGS.placement();
    return new PlacementSettings(
        usual.policy(),
        usual.priority(),
        usual.fairness(),
        new PlanSettings(0, 0, usual.plan().drift(), usual.plan().replanShare()),
        usual.stealRatio(),
        usual.secondsPerMegajoule(),
        usual.warmSeconds());
  }

  private static PoolSettings settings(int linkedOffers, PlacementSettings placement) {
    return settings(linkedOffers, placement, Story.SETTINGS.speculation());
  }

  private static PoolSettings withoutSpeculation() {
    PoolSettings usual = Story.SETTINGS;
    return settings(usual.linkedOffers(), usual.placement(), PoolSettings.Speculation.OFF);
  }

  private static PoolSettings settings(
      int linkedOffers, PlacementSettings placement, PoolSettings.Speculation speculation) {
    PoolSettings usual = Story.SETTINGS;
    return new PoolSettings(
        usual.deviceClasses(),
        usual.offerSeconds(),
        usual.clockSkewSeconds(),
        usual.leaseSeconds(),
        usual.maxAttempts(),
        usual.backoffSeconds(),
        usual.maxBackoffSeconds(),
        usual.endedJobSeconds(),
        linkedOffers,
        usual.limits(),
        placement,
        speculation);
  }

  @Test
  void deviceThatDoesNotKnowLinksGetsNone() {
    story.device("gpu-1", A100, 1, 3);
    submit("j", "a", "b->a").tick();
    story.expectOffers("a@gpu-1");
  }

  @Test
  void joinIsLinkedToTheLastParentThatRuns() {
    story.linking("gpu-1", A100, 1, 0, 16).linking("gpu-2", A100, 1, 0, 16);
    submit("j", "a", "b", "c->a,b").tick();
    var offers = story.expectOffers("a@gpu-1", "b@gpu-2");
    story.start(offers.get(0)).start(offers.get(1)).tick().expectOffers();
    story.complete(offers.get(0)).tick();
    var c = story.expectOffer("c@gpu-2");
    assertEquals(offers.get(1).attempt(), c.after());
  }

  @Test
  void ofSeveralChildrenTheMostUrgentIsLinked() {
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a", "c->a", "d->c").tick();
    var offers = story.expectOffers("a@gpu-1", "c@gpu-1", "d@gpu-1");
    story.start(offers.get(0)).complete(offers.get(0)).start(offers.get(1)).tick();
    story.expectOffers();
  }

  @Test
  void childThatIsDoneSoonerElsewhereIsNotLinked() {
    story.linking("gpu-1", A100, 1, 0, 16).linking("cpu-1", CPU, 1, 0, 16);
    TaskSpec onCpu = costing(TaskSpec.of("b", "op2", "a"), Map.of("a100", 2.0, "cpu", 1.0));
    TaskSpec onGpu = costing(TaskSpec.of("a", "op"), Map.of("a100", 0.5, "cpu", 50.0));
    story.submit("j", List.of(onGpu, onCpu), true).tick();
    story.expectOffers("a@gpu-1");
  }

  @Test
  void childOfAnotherClassIsNotLinked() {
    story.linking("gpu-1", A100, 1, 0, 16);
    TaskSpec b = onlyOn(costing(TaskSpec.of("b", "op", "a"), Map.of("cpu", 0.1)), "cpu");
    story.submit("j", List.of(brief("a").getFirst(), b), true).tick();
    story.expectOffers("a@gpu-1");
  }

  @Test
  void moreUrgentTaskThatWaitsForTheDeviceIsNotOvertaken() {
    story = new Story(settings(16, withoutPlan()));
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a").submit("k", brief("x", "y->x", "z->y"), true).tick();
    // y is as urgent as a, z is less.
    var offers = story.expectOffers("x@gpu-1", "y@gpu-1");
    offers.forEach(offer -> story.start(offer).complete(offer));
    story.tick().expectOffers("a@gpu-1");
  }

  @Test
  void failureTakesTheWholeLinkBack() {
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a", "c->b").tick();
    var offers = story.expectOffers("a@gpu-1", "b@gpu-1", "c@gpu-1");
    story.start(offers.get(0)).fail(offers.get(0), TaskError.Kind.EXTERNAL).tick().restart();
    assertEquals(List.of(), cancelled(), "the worker has dropped them");
    story.after(Story.SETTINGS.backoffSeconds());
    var again = story.expectOffers("a@gpu-1", "b@gpu-1", "c@gpu-1");
    assertEquals(2, again.get(1).attempt().attempt());
    assertEquals(again.get(0).attempt(), again.get(1).after());
  }

  @Test
  void lostDeviceLosesItsLinks() {
    story.linking("gpu-1", A100, 1, 0, 16).linking("gpu-2", A100, 1, 0, 16);
    submit("j", "a", "b->a").tick();
    var offers = story.expectOffers("a@gpu-1", "b@gpu-1");
    story.start(offers.get(0)).restartOf("gpu-1").tick();
    assertEquals(2, story.takeOffers().size());
    // What the old incarnation still says of them changes nothing.
    story.start(offers.get(1)).complete(offers.get(1)).tick();
    story.expectEvents("ACCEPTED", "TASK_STARTED a", "TASK_RETRYING a");
  }

  @Test
  void releasedLinkGoesItsOrdinaryWay() {
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a", "c->b").tick();
    var offers = story.expectOffers("a@gpu-1", "b@gpu-1", "c@gpu-1");
    story.start(offers.get(0)).release(offers.get(1), "gpu-1").release(offers.get(2), "gpu-1");
    story.complete(offers.get(0)).tick();
    var again = story.expectOffers("b@gpu-1", "c@gpu-1");
    assertNull(again.getFirst().after());
  }

  @Test
  void linkThatNobodyStartsIsOfferedAgain() {
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a").tick();
    var offers = story.expectOffers("a@gpu-1", "b@gpu-1");
    story.start(offers.get(0)).complete(offers.get(0)).tick();
    story.expectOffers();
    // It would have been valid for so long after the end that was predicted for a.
    story.heartbeats().after(0.5 + Story.SETTINGS.offerSeconds()).expectOffers();
    story.heartbeats().after(Story.SETTINGS.clockSkewSeconds());
    assertEquals(2, story.expectOffer("b@gpu-1").attempt().attempt());
  }

  @Test
  void linkStaysValidHoweverLongItsParentRuns() {
    // Nobody looks for attempts that are overdue.
    story = new Story(withoutSpeculation());
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a").tick();
    var offers = story.expectOffers("a@gpu-1", "b@gpu-1");
    story.start(offers.get(0));
    for (int i = 0; i < 60; i++) {
      story.now += 1;
      story.heartbeat("gpu-1", offers.get(0).attempt(), offers.get(1).attempt()).tick();
    }
    story.complete(offers.get(0)).start(offers.get(1)).complete(offers.get(1)).tick();
    assertEquals(JobEvent.Type.JOB_SUCCEEDED, story.events.getLast().type());
    story.end();
  }

  @Test
  void nothingStaysLinkedToAnAttemptThatIsOverdue() {
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a", "c->b").tick();
    var a = story.takeOffers().getFirst();
    story.start(a).after(0.4).heartbeats(a.attempt()).tick();
    assertEquals(List.of(), cancelled(), "it isn't late yet");
    for (int i = 0; i < 5; i++) {
      story.after(0.5).heartbeats(a.attempt()).tick();
    }
    assertEquals(List.of("b", "c"), cancelled());
    assertEquals(List.of(), story.takeOffers(), "nor is anything linked to it again");
    story.complete(a).tick();
    story.expectOffers("b@gpu-1", "c@gpu-1");
  }

  @Test
  void parentThatSucceedsElsewhereFreesTheChild() {
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a").tick();
    var lost = story.expectOffers("a@gpu-1", "b@gpu-1").getFirst();
    story.start(lost).restartOf("gpu-1").tick();
    story.expectOffers("a@gpu-1", "b@gpu-1");
    story.linking("gpu-2", A100, 1, 0, 16).complete(lost, "gpu-2").tick();
    assertEquals(List.of("a", "b"), cancelled());
    var b = story.takeOffers().getFirst();
    assertNull(b.after());
    assertEquals(3, b.attempt().attempt());
  }

  @Test
  void parentTakenUpByAnotherDeviceLosesItsLinks() {
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a").tick();
    var offers = story.expectOffers("a@gpu-1", "b@gpu-1");
    story.linking("gpu-2", A100, 1, 0, 16).start(offers.get(0), "gpu-2");
    assertEquals(List.of("b"), cancelled());
    story.tick();
    assertEquals("gpu-2", story.takeOffers().getFirst().device());
  }

  @Test
  void childStartedBeforeItsParentIsDoneIsStoppedAndCountsForNothing() {
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a").tick();
    var offers = story.expectOffers("a@gpu-1", "b@gpu-1");
    story.start(offers.get(1)).complete(offers.get(1));
    assertEquals(List.of("b"), cancelled());
    story.expectEvents("ACCEPTED");
    story.start(offers.get(0)).complete(offers.get(0)).tick();
    assertEquals("b", story.takeOffers().getFirst().attempt().task());
  }

  @Test
  void cancelledJobTakesItsLinksBack() {
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a", "c->b").tick();
    story.start(story.takeOffers().getFirst()).on(new Input.CancelJob("j", "")).tick();
    assertEquals(List.of("a", "b", "c"), cancelled().stream().sorted().toList());
  }

  @Test
  void pauseAndDrainTakeLinksBack() {
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a").tick();
    story.start(story.expectOffers("a@gpu-1", "b@gpu-1").getFirst());
    story.on(new Input.PausePool()).tick();
    assertEquals(List.of("b"), cancelled());
    story.on(new Input.ResumePool()).tick();
    story.expectOffer("b@gpu-1");
    story.on(new Input.DrainDevice("gpu-1", true)).tick();
    assertEquals(List.of("b"), cancelled());
    story.expectOffers();
  }

  @Test
  void deviceThatTakesNothingNewGivesItsLinksUp() {
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a").tick();
    var a = story.expectOffers("a@gpu-1", "b@gpu-1").getFirst();
    story.start(a).report(draining());
    assertEquals(List.of("b"), cancelled());
  }

  private static DeviceReport draining() {
    return new DeviceReport(
        "gpu-1",
        "a100",
        1,
        9,
        DeviceReport.State.DRAINING,
        List.of(0),
        1,
        0,
        16,
        List.of(),
        0,
        0,
        0,
        0,
        true,
        Set.of());
  }

  @Test
  void nothingIsLinkedInFrontOfAnAttemptThatWaitsForASlot() {
    story.linking("gpu-1", A100, 1, 1, 1);
    submit("j", "a", "b->a", "c->b").submit("k", brief("x"), true).tick();
    var offers = story.expectOffers("a@gpu-1", "b@gpu-1");
    story.start(offers.get(0)).complete(offers.get(0)).start(offers.get(1));
    // c may follow b until x is offered behind it.
    story.after(0.45);
    var made = story.takeOffers().stream().map(offer -> offer.attempt().task()).toList();
    assertTrue(made.equals(List.of("c")) || made.equals(List.of("x")), made::toString);
  }

  @Test
  void deviceIsExpectedToBeBusyUntilTheChainIsDone() {
    story.linking("gpu-1", A100, 1, 0, 16).device("gpu-2", A100);
    submit("j", "a", "b->a", "c->b").tick();
    var offers = story.expectOffers("a@gpu-1", "b@gpu-1", "c@gpu-1");
    story.start(offers.get(0)).submit("k", brief("x", "y"), true).tick();
    var x = story.expectOffer("x@gpu-2");
    story.start(x).after(0.5).complete(x).tick();
    story.expectOffer("y@gpu-2");
  }

  @Test
  void explanationSaysWhereALinkedTaskWillRun() {
    story.linking("gpu-1", A100, 1, 0, 16);
    submit("j", "a", "b->a", "c->b").tick();
    var c = story.pool.explain(new io.signalbox.core.job.TaskRef("j", "c"), story.now);
    assertNotNull(c);
    String said = String.join(" ", io.signalbox.core.explanation.Wording.of(c, story.now));
    assertTrue(said.contains("'b' (follows its parent on gpu-1"), said);
    assertTrue(said.contains("gpu-1 has its offer already"), said);
  }
}
