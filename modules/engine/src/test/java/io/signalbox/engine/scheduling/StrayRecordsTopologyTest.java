package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.events.Content;
import io.signalbox.events.JobEventType;
import io.signalbox.events.TasksSubmitted;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records on the wrong partition, without a key, or that can't be used. */
class StrayRecordsTopologyTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String SUBMITTED = Scheduler.TOPICS.taskSubmitted();

  @TempDir Path folder;

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    assertNotNull(record.headers().lastHeader(name), name);
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static TestRecord<byte[], byte[]> only(List<TestRecord<byte[], byte[]>> records) {
    assertEquals(1, records.size());
    return records.getFirst();
  }

  /** The next record is taken as if nothing had been. */
  private static void goesOn(Scheduler scheduler) {
    scheduler.send(SUBMITTED, "p", Records.job("p", "after", START, "a"));
    assertEquals(JobEventType.ACCEPTED, scheduler.jobEvents().getFirst().getType());
  }

  /** A pool whose partition isn't 0, where the test driver puts every record. */
  private static String poolElsewhere() {
    return IntStream.range(0, 100)
        .mapToObj(i -> "pool-" + i)
        .filter(pool -> PoolPartition.of(pool, 4) != 0)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void recordWithoutAKeyIsSentOnUnderItsPool() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      TasksSubmitted job = Records.job("p", "j", START, "a");
      scheduler.send(SUBMITTED, null, job);
      TestRecord<byte[], byte[]> sentOn = only(scheduler.raw(SUBMITTED));
      assertEquals("p", new String(sentOn.key(), StandardCharsets.UTF_8));
      assertEquals("1", header(sentOn, "signalbox-rerouted"));
      assertArrayEquals(scheduler.bytes(SUBMITTED, job), sentOn.value());
      assertEquals(
          List.of(JobEventType.ACCEPTED),
          scheduler.jobEvents().stream().map(event -> event.getType()).toList());
    }
  }

  @Test
  void recordOnAnotherPartitionIsSentOnOnceAndThenTakenWhereItIs() {
    String pool = poolElsewhere();
    try (Scheduler scheduler = new Scheduler(folder, START, 4, Scheduler.settings(1_000_000))) {
      scheduler.send(SUBMITTED, pool, Records.job(pool, "j", START, "a"));
      // The test driver has one partition only, so what is sent on comes back to the wrong one.
      only(scheduler.raw(SUBMITTED));
      assertEquals(JobEventType.ACCEPTED, scheduler.jobEvents().getFirst().getType());
    }
  }

  @Test
  void garbageIsADeadLetterByteForByte() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      byte[] garbage = {1, 2, 3};
      scheduler.sendBytes(SUBMITTED, "k", garbage, new RecordHeaders());
      goesOn(scheduler);
      TestRecord<byte[], byte[]> letter = only(scheduler.deadLetters());
      assertArrayEquals(garbage, letter.value());
      assertEquals("k", new String(letter.key(), StandardCharsets.UTF_8));
      assertTrue(header(letter, "signalbox-reason").startsWith("can't be decoded"));
      assertEquals(SUBMITTED, header(letter, "signalbox-topic"));
      assertEquals("0", header(letter, "signalbox-partition"));
      assertEquals("0", header(letter, "signalbox-offset"));
      assertEquals(Long.toString(START.toEpochMilli()), header(letter, "signalbox-timestamp"));
    }
  }

  @Test
  void recordWithoutAValueIsADeadLetter() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      scheduler.sendBytes(SUBMITTED, "p", null, new RecordHeaders());
      goesOn(scheduler);
      assertNull(only(scheduler.deadLetters()).value());
    }
  }

  @Test
  void whatThePoolRefusesIsADeadLetterWithTheReason() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      TasksSubmitted cycle = Records.job("p", "j", START, "a->b", "b->a");
      scheduler.send(SUBMITTED, "p", cycle);
      TestRecord<byte[], byte[]> letter = only(scheduler.deadLetters());
      assertTrue(
          header(letter, "signalbox-reason").contains("cycle"),
          () -> header(letter, "signalbox-reason"));
      assertArrayEquals(scheduler.bytes(SUBMITTED, cycle), letter.value());
      assertEquals(JobEventType.REJECTED, scheduler.jobEvents().getLast().getType());
    }
  }

  @Test
  void nameThatIsNoneIsADeadLetter() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      scheduler.send(SUBMITTED, "no pool", Records.job("no pool", "j", START, "a"));
      assertTrue(
          header(only(scheduler.deadLetters()), "signalbox-reason").contains("pool 'no pool'"));
    }
  }

  @Test
  void contentThatContradictsItselfIsADeadLetter() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      TasksSubmitted job = Records.job("p", "j", START, "a");
      TasksSubmitted both =
          TasksSubmitted.newBuilder(job)
              .setTasks(
                  List.of(
                      io.signalbox.events.TaskSpec.newBuilder(job.getTasks().getFirst())
                          .setPayload(
                              new Content("a/b", ByteBuffer.wrap(new byte[1]), "s3://x", 1L))
                          .build()))
              .build();
      scheduler.send(SUBMITTED, "p", both);
      assertTrue(
          header(only(scheduler.deadLetters()), "signalbox-reason")
              .contains("payload of task 'a'"));
    }
  }

  @Test
  void onePoolTooManyIsRefusedAndTheOthersGoOn() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      for (String pool : List.of("p1", "p2", "p3", "p4", "p1")) {
        scheduler.send(SUBMITTED, pool, Records.job(pool, "j-" + pool, START, "a"));
      }
      assertTrue(header(only(scheduler.deadLetters()), "signalbox-reason").contains("'p4'"));
    }
  }
}
