package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.engine.ErrorsOnly;
import io.signalbox.engine.scheduling.BadRecords.Bad;
import io.signalbox.events.Assignment;
import io.signalbox.events.AssignmentType;
import io.signalbox.events.CancelJob;
import io.signalbox.events.Control;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.HotspotEvent;
import io.signalbox.events.HotspotEventType;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TasksSubmitted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nine of ten records on an input topic are bad. Nothing fails; each that can't be used is in the
 * dead letters with a reason, and the good ones between them do what they say. The count is {@code
 * -Dsignalbox.records} per topic, and {@code -Dsignalbox.seed} replays.
 */
@ExtendWith(ErrorsOnly.class)
class BadRecordsTopologyTest {
  private static final int RECORDS = Integer.getInteger("signalbox.records", 5_000);
  private static final long SEED = Long.getLong("signalbox.seed", 1);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String NUMBER = "number";

  @TempDir Path folder;

  private final Map<String, Long> sent = new TreeMap<>();
  private final Map<String, String> letters = new HashMap<>();
  private long numbers;
  private long heartbeats;

  /** A good record, and how to find out that it did what it says. */
  private interface Good {
    SpecificRecord make(Scheduler scheduler, int number);

    void check(Scheduler scheduler, int number, List<JobEvent> events);
  }

  private void run(String topic, Good good) {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      BadRecords bad = new BadRecords(scheduler::bytes, new Random(SEED));
      Map<String, Bad> certain = new HashMap<>();
      for (int i = 0; i < RECORDS; i++) {
        if (i % 10 == 0) {
          SpecificRecord value = good.make(scheduler, i);
          scheduler.jobEvents();
          String number = send(scheduler, topic, scheduler.bytes(topic, value));
          scheduler.tick();
          good.check(scheduler, i, scheduler.jobEvents());
          readLetters(scheduler);
          assertEquals(null, letters.get(number), "a good record was refused");
          certain.forEach((sentAs, what) ->
              assertTrue(letters.containsKey(sentAs), () -> "isn't in the dead letters: " + what));
          certain.clear();
          letters.clear();
        } else {
          Bad next = bad.next(topic, template(topic));
          sent.merge(next.what().replaceAll(" in .*", ""), 1L, Long::sum);
          String number = send(scheduler, topic, next.value());
          if (next.certain()) {
            certain.put(number, next);
          }
        }
      }
    }
    if (Boolean.getBoolean("signalbox.figures")) {
      System.out.printf("%s: %d records, of these bad %s%n", topic, RECORDS, sent);
    }
  }

  private String send(Scheduler scheduler, String topic, byte[] value) {
    String number = Long.toString(++numbers);
    Headers headers = new RecordHeaders().add(NUMBER, number.getBytes(StandardCharsets.UTF_8));
    scheduler.sendBytes(topic, "p", value, headers);
    return number;
  }

  private void readLetters(Scheduler scheduler) {
    for (TestRecord<byte[], byte[]> letter : scheduler.deadLetters()) {
      String reason = header(letter, "signalbox-reason");
      assertTrue(!reason.isBlank(), "a dead letter without a reason");
      assertTrue(!reason.contains("the scheduler failed on it"), reason);
      letters.put(header(letter, NUMBER), reason);
    }
    // Those of other pools' partitions and keys were sent on.
    Scheduler.TOPICS.catalogue().stream()
        .filter(topic -> SchedulingTopology.inputs(Scheduler.TOPICS).containsKey(topic.name()))
        .forEach(topic ->
            scheduler
                .raw(topic.name())
                .forEach(record ->
                    scheduler.sendBytes(
                        topic.name(),
                        record.key() == null
                            ? null
                            : new String(record.key(), StandardCharsets.UTF_8),
                        record.value(),
                        record.headers())));
    for (TestRecord<byte[], byte[]> letter : scheduler.deadLetters()) {
      letters.put(header(letter, NUMBER), header(letter, "signalbox-reason"));
    }
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  /** What bad records are made of. */
  private SpecificRecord template(String topic) {
    if (topic.equals(Scheduler.TOPICS.taskSubmitted())) {
      return Records.job("p", "bad" + numbers, START, "a", "b->a");
    }
    if (topic.equals(Scheduler.TOPICS.deviceTelemetry())) {
      return Records.heartbeat("p", "ill", numbers, START);
    }
    if (topic.equals(Scheduler.TOPICS.control())) {
      return order("nobody");
    }
    if (topic.equals(Scheduler.TOPICS.hotspots())) {
      return Records.hotspot("p", "op", START);
    }
    return Records.started(assignment("live", "z"), START);
  }

  private static Control order(String job) {
    return Control.newBuilder()
        .setPool("p")
        .setAt(START)
        .setCommand(new CancelJob(job, "enough"))
        .build();
  }

  private static Assignment assignment(String job, String task) {
    return Assignment.newBuilder()
        .setPool("p")
        .setJob(job)
        .setTaskId(task)
        .setAttempt(1)
        .setType(AssignmentType.RUN)
        .setDeviceId("well")
        .setDeviceClass(Records.GPU)
        .setLane(2)
        .setOperation("op")
        .setVersion("")
        .setWork(1)
        .setInputs(List.of())
        .setOfferedAt(START)
        .setAcceptBy(START)
        .setTimeoutMillis(0)
        .build();
  }

  private void beat(Scheduler scheduler) {
    DeviceTelemetry heartbeat = Records.heartbeat("p", "well", ++heartbeats, scheduler.now());
    scheduler.send(Scheduler.TOPICS.deviceTelemetry(), "p", heartbeat);
  }

  @Test
  void submissions() {
    run(
        Scheduler.TOPICS.taskSubmitted(),
        new Good() {
          @Override
          public SpecificRecord make(Scheduler scheduler, int number) {
            TasksSubmitted job = Records.job("p", "good" + number, START, "a", "b->a");
            return job;
          }

          @Override
          public void check(Scheduler scheduler, int number, List<JobEvent> events) {
            assertEquals(
                List.of("good" + number + " ACCEPTED"),
                events.stream()
                    // Bad ones that can be taken, for instance late by centuries, have a life too.
                    .filter(event -> event.getJob().equals("good" + number))
                    .map(event -> event.getJob() + " " + event.getType())
                    .toList());
            scheduler.send(Scheduler.TOPICS.control(), "p", order("good" + number));
          }
        });
  }

  @Test
  void events() {
    run(
        Scheduler.TOPICS.taskEvents(),
        new Good() {
          @Override
          public SpecificRecord make(Scheduler scheduler, int number) {
            if (number == 0) {
              // It waits for a task that never comes.
              TasksSubmitted live =
                  TasksSubmitted.newBuilder(Records.job("p", "live", START, "z->never"))
                      .setSealed(false)
                      .build();
              scheduler.send(Scheduler.TOPICS.taskSubmitted(), "p", live);
            }
            String job = "job" + number;
            scheduler.send(
                Scheduler.TOPICS.taskSubmitted(), "p", Records.job("p", job, START, "a"));
            List<Assignment> offers = List.of();
            for (int i = 0; i < 100 && offers.isEmpty(); i++) {
              beat(scheduler);
              scheduler.tick();
              offers = scheduler.assignments();
            }
            Assignment offer = offers.getFirst();
            assertEquals(job, offer.getJob());
            TaskEvent completed = Records.completed(offer, scheduler.now(), "done");
            return completed;
          }

          @Override
          public void check(Scheduler scheduler, int number, List<JobEvent> events) {
            assertEquals(
                List.of(
                    JobEventType.TASK_STARTED,
                    JobEventType.TASK_SUCCEEDED,
                    JobEventType.JOB_SUCCEEDED),
                events.stream().map(JobEvent::getType).toList());
          }
        });
  }

  @Test
  void heartbeats() {
    run(
        Scheduler.TOPICS.deviceTelemetry(),
        new Good() {
          @Override
          public SpecificRecord make(Scheduler scheduler, int number) {
            return Records.heartbeat("p", "well", number, scheduler.now());
          }

          @Override
          public void check(Scheduler scheduler, int number, List<JobEvent> events) {
            var sequences =
                scheduler.questions.ask(
                    "p",
                    (pool, now) ->
                        pool.devices().stream()
                            .map(device -> device.report())
                            .filter(report -> report.id().equals("well"))
                            .map(report -> report.sequence())
                            .toList());
            scheduler.tick();
            assertEquals(Optional.of(List.of((long) number)), sequences.join());
          }
        });
  }

  @Test
  void orders() {
    run(
        Scheduler.TOPICS.control(),
        new Good() {
          @Override
          public SpecificRecord make(Scheduler scheduler, int number) {
            scheduler.send(
                Scheduler.TOPICS.taskSubmitted(),
                "p",
                Records.job("p", "job" + number, START, "a"));
            return order("job" + number);
          }

          @Override
          public void check(Scheduler scheduler, int number, List<JobEvent> events) {
            assertEquals(
                List.of(JobEventType.JOB_CANCELLED),
                events.stream().map(JobEvent::getType).toList());
          }
        });
  }

  @Test
  void hotspots() {
    run(
        Scheduler.TOPICS.hotspots(),
        new Good() {
          private boolean hot;

          /** Hot and not hot by turns, with a share that makes no room for garbled names. */
          @Override
          public SpecificRecord make(Scheduler scheduler, int number) {
            hot = !hot;
            return HotspotEvent.newBuilder(Records.hotspot("p", "good", scheduler.now()))
                .setType(hot ? HotspotEventType.ENTERED : HotspotEventType.CLEARED)
                .setShare(1)
                .build();
          }

          @Override
          public void check(Scheduler scheduler, int number, List<JobEvent> events) {
            var operations =
                scheduler.questions.ask(
                    "p",
                    (pool, now) ->
                        pool.hotOperations().stream().map(view -> view.operation()).toList());
            scheduler.tick();
            List<String> known = operations.join().orElseThrow();
            assertEquals(hot, known.contains("good"));
            assertFalse(known.contains(BadRecords.STALE), "what is past makes nothing hot");
          }
        });
  }
}
