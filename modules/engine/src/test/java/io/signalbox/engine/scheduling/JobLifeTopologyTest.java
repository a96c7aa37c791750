package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.events.Assignment;
import io.signalbox.events.AssignmentType;
import io.signalbox.events.CancelJob;
import io.signalbox.events.Control;
import io.signalbox.events.JobEventType;
import io.signalbox.events.PriorAttempt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on the real pool, from submission to the last event. */
class JobLifeTopologyTest {
  private static final String POOL = "p";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @TempDir Path folder;

  private static void device(Scheduler scheduler, long sequence) {
    scheduler.send(
        Scheduler.TOPICS.deviceTelemetry(),
        POOL,
        Records.heartbeat(POOL, "gpu-1", sequence, scheduler.now()));
  }

  private static void submit(Scheduler scheduler, String job, String... tasks) {
    Headers headers = new RecordHeaders();
    headers.add("traceparent", TRACE.getBytes(StandardCharsets.UTF_8));
    scheduler.send(
        Scheduler.TOPICS.taskSubmitted(),
        POOL,
        Records.job(POOL, job, scheduler.now(), tasks),
        headers);
  }

  private static void complete(Scheduler scheduler, Assignment assignment, String result) {
    scheduler.send(
        Scheduler.TOPICS.taskEvents(), POOL, Records.started(assignment, scheduler.now()));
    scheduler.send(
        Scheduler.TOPICS.taskEvents(),
        POOL,
        Records.completed(assignment, scheduler.now(), result));
    scheduler.tick();
  }

  private static Assignment only(List<Assignment> assignments) {
    assertEquals(1, assignments.size(), assignments::toString);
    return assignments.getFirst();
  }

  private static List<JobEventType> types(Scheduler scheduler) {
    return scheduler.jobEvents().stream().map(event -> event.getType()).toList();
  }

  @Test
  void childIsOfferedWithItsParentsResultAndTheJobSucceeds() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      device(scheduler, 0);
      submit(scheduler, "j", "a", "b->a");
      scheduler.tick();
      TestRecord<String, Assignment> first = scheduler.assignmentRecords().getFirst();
      assertEquals("gpu-1", first.key());
      assertEquals("a", first.value().getTaskId());
      assertEquals(2, first.value().getLane());
      assertEquals("payload of a", Records.text(first.value().getPayload()));
      assertEquals(
          TRACE,
          new String(first.headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8));

      complete(scheduler, first.value(), "forty-two");
      Assignment second = only(scheduler.assignments());
      assertEquals("b", second.getTaskId());
      assertEquals("forty-two", Records.text(second.getInputs().getFirst().getResult()));
      assertEquals("gpu-1", second.getInputs().getFirst().getDeviceId());
      assertEquals(7, second.getInputs().getFirst().getSizeBytes());

      complete(scheduler, second, "done");
      List<JobEventType> types = types(scheduler);
      assertEquals(JobEventType.ACCEPTED, types.getFirst());
      assertEquals(JobEventType.JOB_SUCCEEDED, types.getLast());
      assertEquals(List.of(), scheduler.deadLetters());
    }
  }

  @Test
  void linkedOfferTravelsWithItsParentsAndOutlivesTheEngine(@TempDir Path other) {
    try (Scheduler first = Scheduler.on(folder);
        Scheduler second = Scheduler.on(other)) {
      first.send(
          Scheduler.TOPICS.deviceTelemetry(),
          POOL,
          Records.linking(POOL, "gpu-1", 0, 16, first.now()));
      submit(first, "j", "a", "b->a");
      first.tick();
      List<Assignment> offers = first.assignments();
      assertEquals(2, offers.size(), offers::toString);
      Assignment linked = offers.getLast();
      assertEquals(new PriorAttempt("a", 1), linked.getAfter());
      assertEquals("payload of b", Records.text(linked.getPayload()));
      assertEquals("a", linked.getInputs().getFirst().getTaskId());
      assertEquals(7, linked.getInputs().getFirst().getSizeBytes());
      assertNull(linked.getInputs().getFirst().getResult());
      assertNull(offers.getFirst().getAfter());

      second.takeOver(first);
      complete(second, offers.getFirst(), "kept");
      complete(second, linked, "done");
      assertEquals(List.of(), second.assignments());
      assertEquals(JobEventType.JOB_SUCCEEDED, types(second).getLast());
      assertEquals(List.of(), second.deadLetters());
    }
  }

  @Test
  void newEngineOverTheSameRowsContinues(@TempDir Path other) {
    try (Scheduler first = Scheduler.on(folder);
        Scheduler second = Scheduler.on(other)) {
      device(first, 0);
      submit(first, "j", "a", "b->a");
      first.tick();
      Assignment running = only(first.assignments());
      first.send(Scheduler.TOPICS.taskEvents(), POOL, Records.started(running, first.now()));
      first.tick();

      second.takeOver(first);
      device(second, 1);
      complete(second, running, "kept");
      Assignment child = only(second.assignments());
      assertEquals("b", child.getTaskId());
      assertEquals("kept", Records.text(child.getInputs().getFirst().getResult()));
      complete(second, child, "");
      assertEquals(JobEventType.JOB_SUCCEEDED, types(second).getLast());
    }
  }

  @Test
  void sameCompletionTwiceChangesNothing() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      device(scheduler, 0);
      submit(scheduler, "j", "a", "b->a");
      scheduler.tick();
      Assignment first = only(scheduler.assignments());
      complete(scheduler, first, "once");
      only(scheduler.assignments());
      scheduler.jobEvents();
      complete(scheduler, first, "twice");
      assertEquals(List.of(), scheduler.assignments());
      assertEquals(List.of(), scheduler.jobEvents());
    }
  }

  @Test
  void cancelledJobStopsItsAttempt() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      device(scheduler, 0);
      submit(scheduler, "j", "a");
      scheduler.tick();
      Assignment offer = only(scheduler.assignments());
      scheduler.send(
          Scheduler.TOPICS.control(),
          POOL,
          new Control(POOL, scheduler.now(), "me", new CancelJob("j", "enough")));
      scheduler.tick();
      Assignment cancel = only(scheduler.assignments());
      assertEquals(AssignmentType.CANCEL, cancel.getType());
      assertEquals(offer.getAttempt(), cancel.getAttempt());
      assertEquals(JobEventType.JOB_CANCELLED, types(scheduler).getLast());
    }
  }

  @Test
  void jobWhoseInputsDontFitIntoARecordIsCancelledWithTheReason() {
    try (Scheduler scheduler = new Scheduler(folder, START, 1, Scheduler.settings(3_000))) {
      device(scheduler, 0);
      submit(scheduler, "j", "a", "b->a");
      scheduler.tick();
      complete(scheduler, only(scheduler.assignments()), "x".repeat(1_000));
      var last = scheduler.jobEvents().getLast();
      assertEquals(JobEventType.JOB_CANCELLED, last.getType());
      assertTrue(last.getReasons().toString().contains("URI"), last.getReasons()::toString);
      assertTrue(
          scheduler.assignments().stream()
              .allMatch(assignment -> assignment.getType() == AssignmentType.CANCEL));
    }
  }

  @Test
  void listingsShowWhatTheStreamThreadLastSaw() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      device(scheduler, 0);
      submit(scheduler, "j", "a");
      scheduler.tick();
      scheduler.pass(Duration.ofMillis(300));
      assertEquals(1, scheduler.board.job(POOL, "j").orElseThrow().counts().total());
      assertEquals(1, scheduler.board.devices(POOL).size());
    }
  }
}
