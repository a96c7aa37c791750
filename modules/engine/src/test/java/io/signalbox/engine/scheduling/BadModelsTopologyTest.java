package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.engine.ErrorsOnly;
import io.signalbox.engine.scheduling.BadRecords.Bad;
import io.signalbox.events.Assignment;
import io.signalbox.events.ModelStatistics;
import io.signalbox.events.TaskSpec;
import io.signalbox.events.TasksSubmitted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nine of ten records that tell of run times are bad. Nothing fails, and a new pool predicts from
 * the good ones. The count is {@code -Dsignalbox.records}, and {@code -Dsignalbox.seed} replays.
 */
@ExtendWith(ErrorsOnly.class)
class BadModelsTopologyTest {
  private static final int RECORDS = Integer.getInteger("signalbox.records", 5_000);
  private static final long SEED = Long.getLong("signalbox.seed", 1);
  private static final String TOPIC = Scheduler.TOPICS.models();

  /** Each is replaced by later ones. */
  private static final int KEYS = 1_000;

  @TempDir Path folder;

  private static ModelStatistics model(Scheduler scheduler, String operation, double seconds) {
    return ModelStatistics.newBuilder()
        .setPool("other")
        .setZone("north")
        .setOperation(operation)
        .setDeviceClass(Scheduler.GPU)
        .setAt(scheduler.now())
        .setSamples(300)
        .setLogSecondsMean(Math.log(seconds))
        .setLogWorkMean(0)
        .setLogVariance(0.01)
        .setLogWorkVariance(0)
        .setLogWorkCovariance(0)
        .build();
  }

  @Test
  void models() {
    Map<String, Long> sent = new TreeMap<>();
    try (Scheduler scheduler = Scheduler.on(folder)) {
      BadRecords bad = new BadRecords(scheduler::bytes, new Random(SEED));
      for (int i = 0; i < RECORDS; i++) {
        if (i % 10 == 0) {
          String operation = "good" + i % KEYS;
          scheduler.send(TOPIC, operation, model(scheduler, operation, 40));
          look(scheduler);
        } else {
          Bad next = bad.next(TOPIC, model(scheduler, "bad", 7));
          sent.merge(next.what().replaceAll(" in .*", ""), 1L, Long::sum);
          scheduler.sendBytes(TOPIC, "bad" + i % KEYS, next.value(), new RecordHeaders());
        }
      }
      for (int i = 0; i < 10; i++) {
        String operation = "good" + (RECORDS - 10 * (i + 1)) % KEYS;
        assertEquals(40, predicted(scheduler, operation), 4, operation);
      }
    }
    if (Boolean.getBoolean("signalbox.figures")) {
      System.out.printf("%s: %d records, of these bad %s%n", TOPIC, RECORDS, sent);
    }
  }

  /** Lets the time pass after which a pool looks at what others have told. */
  private static void look(Scheduler scheduler) {
    scheduler.send(
        Scheduler.TOPICS.deviceTelemetry(),
        "p",
        Records.heartbeat("p", "gpu-1", scheduler.now().toEpochMilli(), scheduler.now()));
    scheduler.pass(Duration.ofSeconds(10));
  }

  private static double predicted(Scheduler scheduler, String operation) {
    look(scheduler);
    look(scheduler);
    scheduler.send(
        Scheduler.TOPICS.deviceTelemetry(),
        "p",
        Records.heartbeat("p", "gpu-1", scheduler.now().toEpochMilli(), scheduler.now()));
    scheduler.send(
        Scheduler.TOPICS.taskSubmitted(),
        "p",
        TasksSubmitted.newBuilder()
            .setPool("p")
            .setJob("job-" + operation)
            .setTasks(List.of(TaskSpec.newBuilder().setTaskId("a").setOperation(operation).build()))
            .setSealed(true)
            .setSubmittedAt(scheduler.now())
            .build());
    scheduler.tick();
    Assignment offer = scheduler.assignments().getFirst();
    scheduler.send(Scheduler.TOPICS.taskEvents(), "p", Records.started(offer, scheduler.now()));
    scheduler.send(
        Scheduler.TOPICS.taskEvents(), "p", Records.completed(offer, scheduler.now(), "done"));
    return offer.getDecision().getPredictedSeconds();
  }
}
