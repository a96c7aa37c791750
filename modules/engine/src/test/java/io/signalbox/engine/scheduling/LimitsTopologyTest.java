package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.events.Assignment;
import io.signalbox.events.Content;
import io.signalbox.events.Dependency;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.JobHeader;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskSpec;
import io.signalbox.events.TasksSubmitted;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each documented limit, at it and one above: what is at the limit is taken; what is above goes to
 * the dead letters with a reason that names the limit, and its job is rejected with the same
 * reason. {@code LimitsTest} in the core has those that need a million tasks.
 */
class LimitsTopologyTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  private Scheduler scheduler;
  private int jobs;

  @BeforeEach
  void start() {
    scheduler = Scheduler.on(folder);
  }

  @AfterEach
  void stop() {
    scheduler.close();
  }

  private static TaskSpec.Builder task() {
    return TaskSpec.newBuilder().setTaskId("a").setOperation("op");
  }

  private TasksSubmitted job(TaskSpec.Builder... tasks) {
    return TasksSubmitted.newBuilder(Records.job("p", "job" + jobs++, START, "a"))
        .setTasks(List.of(tasks).stream().map(TaskSpec.Builder::build).toList())
        // Parents may come later.
        .setSealed(false)
        .build();
  }

  private void send(String topic, String key, SpecificRecord value) {
    scheduler.send(topic, key, value);
    scheduler.tick();
  }

  private List<String> reasons() {
    return scheduler.deadLetters().stream()
        .map(letter -> letter.headers().lastHeader("signalbox-reason").value())
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .toList();
  }

  private void taken(TasksSubmitted submission) {
    send(Scheduler.TOPICS.taskSubmitted(), submission.getPool(), submission);
    assertEquals(List.of(), reasons());
    assertEquals(
        List.of(JobEventType.ACCEPTED),
        scheduler.jobEvents().stream().map(JobEvent::getType).toList());
  }

  /** Refused; and its job, if it can be named, told so. */
  private void refused(TasksSubmitted submission, String limit) {
    send(Scheduler.TOPICS.taskSubmitted(), submission.getPool(), submission);
    List<String> reasons = reasons();
    assertEquals(1, reasons.size(), reasons::toString);
    assertTrue(reasons.getFirst().contains(limit), reasons::toString);
    List<JobEvent> events = scheduler.jobEvents();
    if (submission.getJob().length() <= 200 && submission.getPool().length() <= 200) {
      assertEquals(List.of(JobEventType.REJECTED), events.stream().map(JobEvent::getType).toList());
      assertEquals(reasons, events.getFirst().getReasons());
    } else {
      assertEquals(List.of(), events);
    }
  }

  private void holds(int most, String limit, IntFunction<TasksSubmitted> of) {
    taken(of.apply(most));
    refused(of.apply(most + 1), limit);
  }

  @Test
  void tasksOfARecord() {
    holds(
        1_000,
        "1001 tasks in one record; 1000 are allowed",
        count ->
            job(
                IntStream.range(0, count)
                    .mapToObj(i -> task().setTaskId("t" + i))
                    .toArray(TaskSpec.Builder[]::new)));
  }

  @Test
  void dependenciesOfATask() {
    holds(
        10_000,
        "has 10001 dependencies; 10000 are allowed",
        count ->
            job(
                task()
                    .setDependencies(
                        IntStream.range(0, count)
                            .mapToObj(i -> new Dependency("p" + i, 0L))
                            .toList())));
  }

  @Test
  void bytesOfAnInlinePayload() {
    holds(
        65_536,
        "payload of 65537 bytes; up to 65536",
        size ->
            job(task().setPayload(new Content("x", ByteBuffer.allocate(size), null, (long) size))));
  }

  @Test
  void attemptsThatATaskAsksFor() {
    holds(10, "asks for 11 attempts; 1 to 10", count -> job(task().setMaxAttempts(count)));
  }

  @Test
  void charactersOfEachName() {
    String limit = "1 to 200 characters of [A-Za-z0-9._:-]";
    holds(200, limit, length -> job(task().setTaskId("x".repeat(length))));
    holds(200, limit, length -> job(task().setOperation("x".repeat(length))));
    holds(200, limit, length -> job(task().setVersion("x".repeat(length))));
    holds(
        200,
        limit,
        length -> job(task().setDependencies(List.of(new Dependency("x".repeat(length), 0L)))));
    holds(
        200,
        limit,
        length ->
            TasksSubmitted.newBuilder(job(task()))
                .setHeader(JobHeader.newBuilder().setTenant("x".repeat(length)).build())
                .build());
    holds(
        200,
        limit,
        length -> TasksSubmitted.newBuilder(job(task())).setJob("x".repeat(length)).build());
    holds(
        200,
        "200",
        length -> TasksSubmitted.newBuilder(job(task())).setPool("x".repeat(length)).build());
  }

  @Test
  void lettersOfNames() {
    taken(job(task().setTaskId("AZaz09._:-")));
    for (String bad : List.of("", "a b", "a/b", "ä", "a\u0000")) {
      refused(job(task().setTaskId(bad)), "of [A-Za-z0-9._:-]");
    }
  }

  @Test
  void charactersOfADevicesName() {
    for (int length : List.of(200, 201)) {
      DeviceTelemetry heartbeat = Records.heartbeat("p", "d".repeat(length), 0, START);
      send(Scheduler.TOPICS.deviceTelemetry(), "p", heartbeat);
      List<String> reasons = reasons();
      assertEquals(length - 200, reasons.size(), reasons::toString);
      assertTrue(reasons.stream().allMatch(reason -> reason.contains("200")), reasons::toString);
    }
  }

  @Test
  void bytesOfAnInlineResult() {
    for (int size : List.of(65_536, 65_537)) {
      send(
          Scheduler.TOPICS.taskSubmitted(),
          "p",
          Records.job("p", "result" + size, scheduler.now(), "a"));
      Assignment offer = offer(size);
      TaskEvent completed =
          TaskEvent.newBuilder(Records.completed(offer, scheduler.now(), ""))
              .setResult(new Content("x", ByteBuffer.allocate(size), null, (long) size))
              .build();
      scheduler.jobEvents();
      send(Scheduler.TOPICS.taskEvents(), "p", completed);
      List<String> reasons = reasons();
      List<JobEvent> events = scheduler.jobEvents();
      if (size == 65_536) {
        assertEquals(List.of(), reasons);
        assertEquals(JobEventType.JOB_SUCCEEDED, events.getLast().getType());
      } else {
        assertTrue(reasons.getFirst().contains("too large: up to 65536 bytes"), reasons::toString);
        assertEquals(JobEventType.JOB_FAILED, events.getLast().getType());
        assertTrue(events.getLast().getReasons().toString().contains("65536"), events::toString);
      }
    }
  }

  private Assignment offer(int sequence) {
    List<Assignment> offers = List.of();
    for (int i = 0; i < 100 && offers.isEmpty(); i++) {
      send(
          Scheduler.TOPICS.deviceTelemetry(),
          "p",
          Records.heartbeat("p", "gpu-1", sequence * 100L + i, scheduler.now()));
      offers = scheduler.assignments();
    }
    return offers.getFirst();
  }
}
