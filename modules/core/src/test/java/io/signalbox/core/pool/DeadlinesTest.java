package io.signalbox.core.pool;

import static io.signalbox.core.pool.Story.A100;
import static io.signalbox.core.pool.Story.CPU;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.admission.Proof;
import io.signalbox.core.job.Admission;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Deadlines in a pool. Every task is expected to take ten seconds on its class; nothing is learned
 * yet, so that 5 % of attempts are taken to need no more than 6.1 s, 90 % no more than 14.7 s and
 * 95 % no more than 16.4 s.
 */
class DeadlinesTest {
  private final Story story = new Story();

  private static List<TaskSpec> on(String deviceClass, String... descriptions) {
    return Story.tasks(descriptions).stream()
        .map(task -> Story.onlyOn(Story.costing(task, Map.of(deviceClass, 10.0)), deviceClass))
        .toList();
  }

  private void submit(
      String job, double seconds, Admission admission, List<TaskSpec> specs, boolean sealed) {
    JobHeader header = new JobHeader("t", story.now + seconds, admission, Map.of(), null);
    story.on(new Input.TasksSubmitted(job, header, specs, sealed));
  }

  private void submit(String job, double seconds, Admission admission, List<TaskSpec> specs) {
    submit(job, seconds, admission, specs, true);
  }

  private Proof lastProof() {
    Proof proof = story.events.getLast().proof();
    assertNotNull(proof);
    return proof;
  }

  @Test
  void jobThatFitsForCertainIsAcceptedWithTheBoundAsProof() {
    story.device("cpu-1", CPU).device("cpu-2", CPU);
    submit("j", 60, Admission.ENFORCE, on("cpu", "a", "b->a"));
    Proof proof = lastProof();
    assertEquals(Proof.Verdict.ACCEPTED, proof.verdict());
    assertEquals(Proof.Method.TYPED_BOUND, proof.method());
    // (16.4 + 16.4) / 2 of volume and 2 · 16.4 · (1 − 1/2) of path.
    assertEquals(story.now + 32.8, proof.predictedFinish(), 0.1);
    assertEquals("cpu", proof.bottleneckClass());
    assertEquals(0, proof.missingDevices());
    story.expectEvents("ACCEPTED");
    assertEquals(proof, story.pool.job("j").proof());
  }

  @Test
  void jobThatFitsInALikelyCourseIsAcceptedBySimulation() {
    story.device("cpu-1", CPU);
    submit("j", 15.6, Admission.ENFORCE, on("cpu", "a"));
    assertEquals(Proof.Method.SIMULATION, lastProof().method());
    assertEquals(story.now + 14.7, lastProof().predictedFinish(), 0.1);
    story.expectEvents("ACCEPTED");
  }

  @Test
  void enforcedJobThatNoScheduleCanEndInTimeIsRejectedForCertain() {
    story.device("cpu-1", CPU);
    submit("j", 12, Admission.ENFORCE, on("cpu", "a", "b->a"));
    Proof proof = lastProof();
    assertEquals(Proof.Verdict.REJECTED, proof.verdict());
    assertEquals(Proof.Method.LOWER_BOUND, proof.method());
    assertEquals(story.now + 29.4, proof.predictedFinish(), 0.1);
    assertEquals(story.now + 1.05 * 29.4, proof.earliestFeasibleDeadline(), 0.1);
    story.expectEvents("REJECTED");
    story.tick().end();
    assertEquals(Row.JobState.REJECTED, story.pool.job("j").outcome().state());
    assertEquals(proof, story.pool.job("j").proof());
  }

  @Test
  void guaranteesNeedAReserveThatWarningsDont() {
    story.device("cpu-1", CPU);
    submit("j", 15, Admission.ENFORCE, on("cpu", "a"));
    story.expectEvents("REJECTED");
    submit("k", 15, Admission.WARN, on("cpu", "a"));
    story.expectEvents("ACCEPTED");
  }

  @Test
  void areaOfTheJobAloneCanRejectIt() {
    story.device("cpu-1", CPU);
    submit("j", 20, Admission.ENFORCE, on("cpu", "a", "b", "c", "d"));
    assertEquals(Proof.Method.LOWER_BOUND, lastProof().method());
    // Four tasks of 14.7 s in the 5.3 s that the longest path leaves: twelve slots.
    assertEquals(11, lastProof().missingDevices());
    assertEquals("cpu", lastProof().bottleneckClass());
  }

  @Test
  void warnedJobRunsAndIsAnnouncedToBeAtRisk() {
    story.device("cpu-1", CPU);
    submit("j", 20, Admission.WARN, on("cpu", "a", "b->a"));
    assertEquals(Proof.Verdict.AT_RISK, lastProof().verdict());
    assertTrue(story.events.getLast().reasons().getFirst().contains("after its deadline"));
    story.expectEvents("ACCEPTED", "AT_RISK");
    story.tick().expectOffers("a@cpu-1");
  }

  @Test
  void deadlineThatIsOffIsNotTested() {
    story.device("cpu-1", CPU);
    submit("j", 1, Admission.OFF, on("cpu", "a", "b->a"));
    assertNull(story.events.getFirst().proof());
    story.after(4).expectEvents("ACCEPTED");
    assertNull(story.pool.job("j").proof());
  }

  @Test
  void jobOfSeveralRecordsIsTestedWhenItIsSealed() {
    story.device("cpu-1", CPU);
    submit("j", 90, Admission.WARN, on("cpu", "a"), false);
    assertNull(story.events.getFirst().proof());
    story.submit("j", on("cpu", "b->a"), true);
    assertEquals(Proof.Verdict.ACCEPTED, lastProof().verdict());
    story.expectEvents("ACCEPTED", "IN_TIME");
    submit("k", 9, Admission.ENFORCE, on("cpu", "a"), false);
    story.submit("k", on("cpu", "b->a"), true).expectEvents("ACCEPTED", "REJECTED");
  }

  @Test
  void recordThatComesTwiceIsTestedOnce() {
    story.device("cpu-1", CPU);
    submit("j", 20, Admission.WARN, on("cpu", "a", "b->a"));
    submit("j", 20, Admission.WARN, on("cpu", "a", "b->a"));
    story.expectEvents("ACCEPTED", "AT_RISK");
  }

  @Test
  void enforcedJobMayNotMakeAnAdmittedOneLate() {
    story.device("cpu-1", CPU);
    submit("first", 33, Admission.ENFORCE, on("cpu", "a", "b->a"));
    story.expectEvents("ACCEPTED");
    // Its rank is higher, so that it would go first.
    submit("long", 900, Admission.ENFORCE, on("cpu", "a", "b->a", "c->b", "d->c"));
    assertEquals("first", lastProof().harmed());
    assertNull(lastProof().earliestFeasibleDeadline());
    story.expectEvents("REJECTED");
    submit("warned", 900, Admission.WARN, on("cpu", "a", "b->a", "c->b", "d->c"));
    assertEquals(Proof.Verdict.ACCEPTED, lastProof().verdict());
    story.events.clear();
    story.after(1).expectEvents("AT_RISK");
    assertFalse(story.pool.job("first").proof().inTime());
  }

  @Test
  void jobThatNoDeviceCanRunIsAtRiskWithoutAFinish() {
    story.device("cpu-1", CPU);
    submit("j", 60, Admission.WARN, on("a100", "a"));
    assertEquals(Proof.Method.SIMULATION, lastProof().method());
    assertNull(lastProof().predictedFinish());
    assertEquals("a100", lastProof().bottleneckClass());
    assertEquals(1, lastProof().missingDevices());
    story.events.clear();
    story.device("gpu-1", A100).after(1.5).expectOffers("a@gpu-1");
    story.after(1).expectEvents("IN_TIME");
  }

  @Test
  void lostDeviceIsAnnouncedOnceAsARiskAndItsReturnOnceAsTheEndOfIt() {
    story.device("cpu-1", CPU).device("cpu-2", CPU);
    submit("j", 40, Admission.WARN, on("cpu", "a", "b", "c", "d"));
    story.expectEvents("ACCEPTED");
    for (int second = 0; second < 6; second++) {
      story.heartbeat("cpu-1").after(1);
    }
    assertEquals(1, count(JobEvent.Type.AT_RISK));
    assertEquals(0, count(JobEvent.Type.IN_TIME));
    assertTrue(story.now < story.pool.job("j").header().deadline(), "before the miss");
    story.restartOf("cpu-2").after(1).restartOf("cpu-1").after(1);
    assertEquals(1, count(JobEvent.Type.AT_RISK));
  }

  private long count(JobEvent.Type type) {
    return story.events.stream().filter(event -> event.type() == type).count();
  }

  @Test
  void growthIsTestedAtTheNextTick() {
    story.device("cpu-1", CPU);
    submit("j", 31, Admission.WARN, on("cpu", "a"));
    story.tick().expectEvents("ACCEPTED");
    Effect.Offer offer = story.expectOffer("a@cpu-1");
    story.start(offer);
    story.on(
        new Input.AttemptProgressed(offer.attempt(), "cpu-1", 1, 0.5, on("cpu", "b", "c", "d")));
    story.events.clear();
    story.tick().expectEvents("AT_RISK");
  }

  @Test
  void verdictSurvivesARestart() {
    story.device("cpu-1", CPU);
    submit("j", 20, Admission.WARN, on("cpu", "a", "b->a"));
    story.expectEvents("ACCEPTED", "AT_RISK");
    story.restart();
    assertEquals(Proof.Verdict.AT_RISK, story.pool.job("j").proof().verdict());
    story.after(2).expectEvents();
  }

  @Test
  void moreTasksThanATestLooksAtAreWeighedByTheirArea() {
    story.device("gpu-1", A100);
    List<TaskSpec> bulk =
        IntStream.range(0, 900)
            .mapToObj(i -> Story.costing(TaskSpec.of("t" + i, "short"), Map.of("a100", 2.0)))
            .toList();
    for (int i = 0; i < 7; i++) {
      story.submit("bulk" + i, bulk, true);
    }
    // Its ranks are higher than those of the bulk, so that it goes first.
    submit("first", 60, Admission.ENFORCE, on("a100", "a", "b->a"));
    assertEquals(Proof.Verdict.ACCEPTED, lastProof().verdict());
  }
}
