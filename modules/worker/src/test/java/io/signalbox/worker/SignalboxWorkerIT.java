package io.signalbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.events.Assignment;
import io.signalbox.events.AssignmentType;
import io.signalbox.events.DeviceState;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.ErrorType;
import io.signalbox.events.ExecutionTrace;
import io.signalbox.events.Input;
import io.signalbox.events.PriorAttempt;
import io.signalbox.events.TaskEvent;
import io.signalbox.events.TaskEventType;
import io.signalbox.events.ZoneLink;
import io.signalbox.reactive.EventSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class SignalboxWorkerIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static EngineStandIn engine;

  @BeforeAll
  static void startEngine() throws Exception {
    engine = new EngineStandIn();
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  private static WorkerBuilder worker(String deviceClass) {
    return SignalboxWorker.builder(engine.connection())
        .pool("p")
        .deviceId(deviceClass + "-1")
        .deviceClass(deviceClass)
        .heartbeatInterval(Duration.ofMillis(100));
  }

  private static Assignment.Builder run(String deviceClass, String task) {
    Instant now = Instant.now();
    return Assignment.newBuilder()
        .setPool("p")
        .setJob(deviceClass + "-job")
        .setTaskId(task)
        .setAttempt(1)
        .setType(AssignmentType.RUN)
        .setDeviceId(deviceClass + "-1")
        .setDeviceClass(deviceClass)
        .setLane(0)
        .setOperation("op")
        .setInputs(List.of())
        .setOfferedAt(now)
        .setAcceptBy(now.plusSeconds(60));
  }

  private static TaskEvent await(
      EngineStandIn.Reader<TaskEvent> events, String job, String task, TaskEventType type) {
    return events.await(
        type + " of " + task,
        event ->
            event.getJob().equals(job + "-job")
                && event.getTaskId().equals(task)
                && event.getType() == type);
  }

  @Test
  void anAcceptedOfferIsRunAndReported() throws Exception {
    engine.lanes("accept", 2);
    try (SignalboxWorker worker =
        worker("accept").slots(2).handle("op", task -> Mono.just(Result.text("done"))).start()) {
      worker.ready().block(LIMIT);
      DeviceTelemetry beat =
          engine
              .telemetry()
              .await(
                  "heartbeat with both lanes",
                  found ->
                      found.getDeviceId().equals("accept-1")
                          && found.getLanes().equals(List.of(0, 1)));
      assertEquals(2, beat.getSlots());
      engine.write(run("accept", "a").setLane(1).build());
      var events = engine.taskEvents();
      TaskEvent started = await(events, "accept", "a", TaskEventType.STARTED);
      TaskEvent completed = await(events, "accept", "a", TaskEventType.COMPLETED);
      assertEquals(beat.getIncarnation(), started.getIncarnation());
      assertEquals(started.getAt(), completed.getStartedAt());
      assertFalse(completed.getAt().isBefore(started.getAt()));
      assertEquals("done", TaskData.of(completed.getResult()).text());
      ExecutionTrace trace =
          engine.traces().await("trace", found -> found.getJob().equals("accept-job"));
      assertEquals("ab".repeat(16), trace.getTraceId());
      assertTrue(trace.getSucceeded());
      engine
          .telemetry()
          .await(
              "heartbeat that says what is warm",
              found ->
                  found.getDeviceId().equals("accept-1")
                      && found.getWarmModels().equals(List.of("op")));
    }
    assertEquals(1, engine.committed("accept", 1));
  }

  @Test
  void aBriefAttemptIsReportedByItsEndAloneUnlessItTakesLong() throws Exception {
    engine.lanes("brief", 1);
    Sinks.One<Result> end = Sinks.one();
    try (SignalboxWorker worker =
        worker("brief")
            .startDelay(Duration.ofMillis(500))
            .handle("op", task -> task.taskId().equals("c") ? end.asMono() : Mono.empty())
            .start()) {
      worker.ready().block(LIMIT);
      var events = engine.taskEvents();
      engine.write(run("brief", "a").build());
      await(events, "brief", "a", TaskEventType.COMPLETED);
      engine.write(run("brief", "b").build());
      TaskEvent brief = await(events, "brief", "b", TaskEventType.COMPLETED);
      assertNotNull(brief.getStartedAt());
      engine.write(run("brief", "c").build());
      TaskEvent started = await(events, "brief", "c", TaskEventType.STARTED);
      end.emitValue(Result.empty(), Sinks.EmitFailureHandler.FAIL_FAST);
      TaskEvent completed = await(events, "brief", "c", TaskEventType.COMPLETED);
      assertEquals(started.getAt(), completed.getStartedAt());
      assertEquals(
          List.of("a", "c"),
          events.seen().stream()
              .filter(event -> event.getJob().equals("brief-job"))
              .filter(event -> event.getType() == TaskEventType.STARTED)
              .map(TaskEvent::getTaskId)
              .toList(),
          "what is known to be brief says no start");
    }
    assertEquals(3, engine.committed("brief", 0));
  }

  @Test
  void zoneLabelsAndLinksAreAnnouncedAtOnceWhenTheyChange() throws Exception {
    engine.lanes("labelled", 1);
    try (SignalboxWorker worker =
        worker("labelled")
            .heartbeatInterval(Duration.ofSeconds(1))
            .zone("paris")
            .label("arch", "arm64")
            .links(() -> Map.of("oslo", new LinkProbe.Reading(12.5, 1e9)))
            .handle("op", task -> Mono.just(Result.text("done")))
            .start()) {
      worker.ready().block(LIMIT);
      var telemetry = engine.telemetry();
      telemetry.await(
          "heartbeat with zone, label and link",
          found ->
              found.getDeviceId().equals("labelled-1")
                  && found.getZone().equals("paris")
                  && found.getLabels().equals(Map.of("arch", "arm64"))
                  && found.getLinks().equals(List.of(new ZoneLink("oslo", 12.5, 1e9))));
      worker.zone("berlin");
      worker.label("driver", "570");
      worker.label("arch", null);
      telemetry.await(
          "heartbeat with what has changed",
          found ->
              found.getDeviceId().equals("labelled-1")
                  && found.getZone().equals("berlin")
                  && found.getLabels().equals(Map.of("driver", "570")));
    }
  }

  @Test
  void aLinkedOfferFollowsItsAttemptWithItsResult() throws Exception {
    engine.lanes("linked", 1);
    Sinks.Empty<Void> go = Sinks.empty();
    try (SignalboxWorker worker =
        worker("linked")
            .handle("op", task -> go.asMono().thenReturn(Result.text("one")))
            .handle("next", task -> Mono.just(Result.text(told(task))))
            .start()) {
      worker.ready().block(LIMIT);
      engine.write(run("linked", "a").build());
      engine.write(
          run("linked", "b")
              .setOperation("next")
              .setAfter(new PriorAttempt("a", 1))
              .setInputs(List.of(new Input("a", "linked-1", Instant.EPOCH, 9L, null)))
              .build());
      DeviceTelemetry beat =
          engine
              .telemetry()
              .await(
                  "heartbeat with both attempts",
                  found -> found.getDeviceId().equals("linked-1") && found.getHeld().size() == 2);
      assertEquals(16, beat.getLinkedOffers());
      assertFalse(beat.getHeld().get(1).getRunning());
      go.tryEmitEmpty();
      var events = engine.taskEvents();
      TaskEvent completed = await(events, "linked", "b", TaskEventType.COMPLETED);
      assertEquals("one from linked-1, 9 bytes", TaskData.of(completed.getResult()).text());
      assertEquals(
          List.of("STARTED a", "COMPLETED a", "STARTED b", "COMPLETED b"),
          events.seen().stream()
              .filter(event -> event.getJob().equals("linked-job"))
              .map(event -> event.getType() + " " + event.getTaskId())
              .toList());
    }
    assertEquals(2, engine.committed("linked", 0));
  }

  private static String told(TaskContext task) {
    TaskContext.Origin origin = Objects.requireNonNull(task.origins().get("a"));
    assertTrue(origin.finishedAt().isAfter(Instant.EPOCH));
    return "%s from %s, %d bytes"
        .formatted(
            Objects.requireNonNull(task.inputs().get("a")).text(),
            origin.deviceId(),
            origin.sizeBytes());
  }

  @Test
  void aLateOfferIsDroppedAndNotDeliveredAgain() throws Exception {
    engine.lanes("late", 1);
    engine.write(run("late", "old").setAcceptBy(Instant.now().minusMillis(1)).build());
    try (SignalboxWorker worker = worker("late").handleAny(task -> Mono.empty()).start()) {
      engine.write(run("late", "new").build());
      var events = engine.taskEvents();
      await(events, "late", "new", TaskEventType.COMPLETED);
      assertTrue(
          events.seen().stream().noneMatch(event -> event.getTaskId().equals("old")),
          "nothing is said of a late offer");
      assertEquals(1L, worker.dropped().get(DropReason.LATE));
    }
    assertEquals(2, engine.committed("late", 0));
  }

  @Test
  void anOfferOnALaneThatMovedHereIsAdopted() throws Exception {
    engine.lanes("moved", 1);
    engine.write(run("moved", "a").setDeviceId("moved-gone").build());
    try (SignalboxWorker worker = worker("moved").handleAny(task -> Mono.empty()).start()) {
      TaskEvent completed = await(engine.taskEvents(), "moved", "a", TaskEventType.COMPLETED);
      assertEquals("moved-1", completed.getDeviceId());
      assertNotNull(worker);
    }
  }

  @Test
  void aCancelStopsTheHandlerAndFreesTheSlot() throws Exception {
    engine.lanes("cancel", 1);
    CountDownLatch stopped = new CountDownLatch(1);
    try (SignalboxWorker worker =
        worker("cancel")
            .handle("op", task -> Mono.<Result>never().doOnCancel(stopped::countDown))
            .handle("quick", task -> Mono.empty())
            .start()) {
      engine.write(run("cancel", "a").build());
      engine.write(run("cancel", "b").setOperation("quick").build());
      var events = engine.taskEvents();
      await(events, "cancel", "a", TaskEventType.STARTED);
      engine.write(run("cancel", "a").setType(AssignmentType.CANCEL).build());
      await(events, "cancel", "a", TaskEventType.RELEASED);
      await(events, "cancel", "b", TaskEventType.COMPLETED);
      assertTrue(stopped.await(LIMIT.toSeconds(), TimeUnit.SECONDS));
      assertNotNull(worker);
    }
    assertEquals(3, engine.committed("cancel", 0));
  }

  @Test
  void failuresAreReportedByTheirKind() throws Exception {
    engine.lanes("fail", 1);
    try (SignalboxWorker worker =
        worker("fail")
            .slots(4)
            .handleBlocking(
                "slow",
                task -> {
                  new CountDownLatch(1).await();
                  return Result.empty();
                })
            .handle(
                "bad", task -> Mono.error(new TaskFailedException(ErrorType.USER, "no picture")))
            .handleBlocking("broken", task -> Result.text(List.<String>of().get(0)))
            .start()) {
      engine.write(run("fail", "slow").setOperation("slow").setTimeoutMillis(50).build());
      engine.write(run("fail", "bad").setOperation("bad").build());
      engine.write(run("fail", "broken").setOperation("broken").build());
      engine.write(run("fail", "unknown").setOperation("unknown").build());
      var events = engine.taskEvents();
      assertEquals(ErrorType.EXTERNAL, failure(events, "slow").getType());
      assertEquals("no picture", failure(events, "bad").getMessage());
      assertEquals(ErrorType.USER, failure(events, "bad").getType());
      assertEquals(ErrorType.INTERNAL, failure(events, "broken").getType());
      assertTrue(failure(events, "unknown").getMessage().contains("no handler"));
      assertNotNull(worker);
    }
  }

  private static io.signalbox.events.TaskError failure(
      EngineStandIn.Reader<TaskEvent> events, String task) {
    return Objects.requireNonNull(await(events, "fail", task, TaskEventType.FAILED).getError());
  }

  @Test
  void aDrainLetsRunningAttemptsEndAndGivesTheRestBack() throws Exception {
    engine.lanes("drain", 1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    SignalboxWorker worker =
        worker("drain")
            .handleBlocking(
                "op",
                task -> {
                  mayEnd.await();
                  return Result.empty();
                })
            .start();
    engine.write(run("drain", "a").build());
    engine.write(run("drain", "b").build());
    var events = engine.taskEvents();
    await(events, "drain", "a", TaskEventType.STARTED);
    engine
        .telemetry()
        .await(
            "heartbeat that holds both",
            beat -> beat.getDeviceId().equals("drain-1") && beat.getHeld().size() == 2);
    Mono<Void> drained = worker.drain(LIMIT);
    await(events, "drain", "b", TaskEventType.RELEASED);
    mayEnd.countDown();
    drained.block(LIMIT);
    await(events, "drain", "a", TaskEventType.COMPLETED);
    engine
        .telemetry()
        .await(
            "last word",
            beat -> beat.getDeviceId().equals("drain-1") && beat.getState() == DeviceState.STOPPED);
    assertEquals(2, engine.committed("drain", 0));
  }

  @Test
  void anOfferWhoseStartCouldNotBeWrittenIsLeftToTheNextWorker() throws Exception {
    engine.lanes("crash", 1);
    MockProducer<String, SpecificRecord> broken =
        new MockProducer<>(
            false,
            new RoundRobinPartitioner(),
            new StringSerializer(),
            new EventSerializer(engine.connection()));
    broken.sendException = new KafkaException("the disk is gone");
    try (WorkerRuntime runtime = new WorkerRuntime(engine.connection(), broken)) {
      SignalboxWorker crashing =
          SignalboxWorker.builder(runtime)
              .pool("p")
              .deviceId("crash-1")
              .deviceClass("crash")
              .handleAny(task -> Mono.empty())
              .start();
      engine.write(run("crash", "a").build());
      Mono<Void> end = crashing.terminated();
      assertThrows(KafkaException.class, () -> end.block(LIMIT), "it fails loudly");
    }
    assertEquals(-1, engine.committed("crash", 0), "the offset waits for STARTED");
    try (SignalboxWorker next = worker("crash").handleAny(task -> Mono.empty()).start()) {
      await(engine.taskEvents(), "crash", "a", TaskEventType.COMPLETED);
      assertNotNull(next);
    }
    assertEquals(1, engine.committed("crash", 0));
  }

  @Test
  void aFleetSharesOneProducer() throws ExecutionException, InterruptedException {
    engine.lanes("fleet", 6);
    try (WorkerRuntime runtime = WorkerRuntime.open(engine.connection())) {
      List<SignalboxWorker> fleet =
          java.util.stream.IntStream.range(0, 6)
              .mapToObj(number ->
                  SignalboxWorker.builder(runtime)
                      .pool("p")
                      .deviceId("fleet-" + number)
                      .deviceClass("fleet")
                      .handleAny(task -> Mono.empty())
                      .start())
              .toList();
      fleet.forEach(worker -> worker.ready().block(LIMIT));
      for (int lane = 0; lane < 6; lane++) {
        engine.write(run("fleet", "t" + lane).setLane(lane).build());
      }
      var events = engine.taskEvents();
      for (int lane = 0; lane < 6; lane++) {
        await(events, "fleet", "t" + lane, TaskEventType.COMPLETED);
      }
      fleet.forEach(SignalboxWorker::close);
    }
  }
}
