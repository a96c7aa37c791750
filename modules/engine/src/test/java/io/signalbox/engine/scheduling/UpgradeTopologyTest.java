package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.TaskState;
import io.signalbox.core.pool.DeviceView;
import io.signalbox.core.pool.JobView;
import io.signalbox.core.pool.Pool;
import io.signalbox.core.pool.Row;
import io.signalbox.core.pool.RowKey.Kind;
import io.signalbox.engine.rows.RowCodec;
import io.signalbox.engine.rows.StoreKey;
import io.signalbox.events.Assignment;
import io.signalbox.events.AssignmentType;
import io.signalbox.events.CancelJob;
import io.signalbox.events.ChangePlacement;
import io.signalbox.events.Control;
import io.signalbox.events.DeviceTelemetry;
import io.signalbox.events.DrainDevice;
import io.signalbox.events.HeldAttempt;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.JobHeader;
import io.signalbox.events.TasksSubmitted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pool that the first release left behind in the middle of its work, as the bytes that its store
 * held ({@code pool-of-version-1.txt}), goes on under this engine. {@code
 * -Dsignalbox.writeFixture=FILE} writes what an engine leaves behind today.
 */
class UpgradeTopologyTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String FIXTURE = "pool-of-version-1.txt";
  private static final Instant LEFT = Instant.parse("2026-01-01T00:00:30Z");

  @TempDir Path folder;

  private final List<Assignment> offers = new ArrayList<>();
  private final List<JobEvent> events = new ArrayList<>();

  @Test
  void jobsDevicesAndWhatWasLearnedAreTakenOverAndTheJobComesToItsEnd() throws IOException {
    Map<StoreKey, Row> rows = new java.util.LinkedHashMap<>();
    try (Scheduler scheduler =
        new Scheduler(folder, LEFT.plusSeconds(1), 1, Scheduler.settings(1_000_000))) {
      for (String line : lines()) {
        String[] parts = line.split(" ");
        Bytes bytes = Bytes.wrap(HEX.parseHex(parts[1]));
        StoreKey key = StoreKey.of(bytes);
        rows.put(key, RowCodec.decode(key.pool(), key.row(), HEX.parseHex(parts[2])));
        scheduler.store().put(bytes, HEX.parseHex(parts[2]));
      }
      assertEquals(
          EnumSet.complementOf(EnumSet.of(Kind.ALLOWANCE, Kind.HOTSPOT)),
          rows.keySet().stream()
              .map(key -> key.row().kind())
              .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class))),
          "the fixture has every kind of row that the release had");
      Assignment b = live(rows, "b");
      Assignment c = live(rows, "c");
      beat(scheduler, b, c);
      stands(scheduler, b);
      goesOn(scheduler, b, c);
    }
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = UpgradeTopologyTest.class.getResourceAsStream(FIXTURE)) {
      assertNotNull(in, FIXTURE);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** The attempt that was running when the engine was stopped. */
  private static Assignment live(Map<StoreKey, Row> rows, String task) {
    Row.TaskRow row =
        rows.values().stream()
            .filter(Row.TaskRow.class::isInstance)
            .map(Row.TaskRow.class::cast)
            .filter(each -> each.job().equals("dag") && each.task().equals(task))
            .findAny()
            .orElseThrow();
    if (row.state() instanceof TaskState.Running running) {
      return Assignment.newBuilder()
          .setPool("p")
          .setJob("dag")
          .setTaskId(task)
          .setAttempt(running.attempt())
          .setType(AssignmentType.RUN)
          .setDeviceId(running.device())
          .setDeviceClass(Records.GPU)
          .setLane(2)
          .setOperation("op")
          .setVersion("")
          .setWork(1)
          .setInputs(List.of())
          .setOfferedAt(LEFT)
          .setAcceptBy(LEFT)
          .setTimeoutMillis(0)
          .build();
    }
    throw new AssertionError(task + " doesn't run: " + row);
  }

  private static HeldAttempt held(Assignment running) {
    return new HeldAttempt(running.getJob(), running.getTaskId(), running.getAttempt(), true);
  }

  private long beats = 1_000;

  /** The devices are heard of, and name what they hold. */
  private void beat(Scheduler scheduler, Assignment... held) {
    for (String device : List.of("gpu-1", "gpu-2")) {
      DeviceTelemetry heartbeat =
          DeviceTelemetry.newBuilder(Records.heartbeat("p", device, ++beats, scheduler.now()))
              .setHeld(
                  List.of(held).stream()
                      .filter(each -> each.getDeviceId().equals(device))
                      .map(UpgradeTopologyTest::held)
                      .toList())
              .build();
      scheduler.send(Scheduler.TOPICS.deviceTelemetry(), "p", heartbeat);
    }
    pass(scheduler);
  }

  private void pass(Scheduler scheduler) {
    scheduler.tick();
    offers.addAll(scheduler.assignments());
    events.addAll(scheduler.jobEvents());
  }

  private static <T> T ask(Scheduler scheduler, Function<Pool, T> question) {
    var answer = scheduler.questions.ask("p", (pool, now) -> question.apply(pool));
    scheduler.tick();
    return answer.join().orElseThrow();
  }

  /** Everything stands where the release left it. */
  private void stands(Scheduler scheduler, Assignment b) {
    ask(
        scheduler,
        pool -> {
          pool.check();
          return true;
        });
    JobView dag = ask(scheduler, pool -> pool.job("dag"));
    assertEquals(6, dag.counts().total());
    assertEquals(1, dag.counts().succeeded());
    assertEquals(2, dag.counts().running());
    assertEquals(Map.of("team", "vision"), dag.header().labels());
    assertEquals("lab", dag.header().tenant());
    assertNotNull(ask(scheduler, pool -> pool.job("dated")).proof(), "what its test found");
    assertEquals(
        Row.JobState.SUCCEEDED, ask(scheduler, pool -> pool.job("done")).outcome().state());
    assertTrue(!ask(scheduler, pool -> pool.job("open")).sealed());
    assertEquals(
        Map.of("stealRatio", "0.5", "fairness.weights.lab", "3"),
        ask(scheduler, pool -> pool.placement().changed()));
    Map<String, DeviceView> devices =
        ask(scheduler, Pool::devices).stream()
            .collect(Collectors.toMap(each -> each.report().id(), Function.identity()));
    assertEquals(Set.of("gpu-1", "gpu-2"), devices.keySet());
    assertTrue(devices.get("gpu-2").drained() && !devices.get("gpu-1").drained());
    assertEquals(1, devices.get(b.getDeviceId()).running());
  }

  /** The DAG goes on to its end, with the results that the release had stored. */
  private void goesOn(Scheduler scheduler, Assignment b, Assignment c) {
    scheduler.send(
        Scheduler.TOPICS.control(),
        "p",
        new Control("p", scheduler.now(), "me", new DrainDevice("gpu-2", false)));
    scheduler.send(
        Scheduler.TOPICS.control(),
        "p",
        new Control("p", scheduler.now(), "me", new CancelJob("dated", "no more")));
    completed(scheduler, b, "from b");
    completed(scheduler, c, "from c");
    Assignment d = offerOf(scheduler, "d");
    assertEquals(
        List.of("from a", "from b", "from c"),
        d.getInputs().stream().map(input -> Records.text(input.getResult())).toList());
    assertEquals("payload of d", Records.text(d.getPayload()));
    for (String task : List.of("d", "e", "f")) {
      Assignment offer = offerOf(scheduler, task);
      scheduler.send(Scheduler.TOPICS.taskEvents(), "p", Records.started(offer, scheduler.now()));
      completed(scheduler, offer, "from " + task);
    }
    JobEvent end =
        events.stream()
            .filter(event -> event.getType() == JobEventType.JOB_SUCCEEDED)
            .findAny()
            .orElseThrow();
    assertEquals("dag", end.getJob());
    assertEquals(6, end.getCounts().getSucceeded());
    assertEquals(List.of(), scheduler.deadLetters());
    scheduler.send(
        Scheduler.TOPICS.taskSubmitted(), "p", Records.job("p", "done", scheduler.now(), "a"));
    pass(scheduler);
    String reason =
        new String(
            scheduler.deadLetters().getFirst().headers().lastHeader("signalbox-reason").value(),
            StandardCharsets.UTF_8);
    assertTrue(reason.contains("job 'done' has already ended (SUCCEEDED)"), reason);
  }

  private void completed(Scheduler scheduler, Assignment offer, String result) {
    scheduler.send(
        Scheduler.TOPICS.taskEvents(), "p", Records.completed(offer, scheduler.now(), result));
    pass(scheduler);
  }

  private Assignment offerOf(Scheduler scheduler, String task) {
    for (int i = 0; i < 200; i++) {
      for (Assignment offer : offers) {
        if (offer.getType() == AssignmentType.RUN && offer.getTaskId().equals(task)) {
          return offer;
        }
      }
      scheduler.pass(Duration.ofMillis(100));
      beat(scheduler);
    }
    throw new AssertionError("no offer of " + task + ": " + events);
  }

  /** What the first release was told before it was stopped. */
  @Test
  void anEngineLeavesAPoolInTheMiddleOfItsWork() throws IOException {
    Instant begin = LEFT.minusSeconds(30);
    try (Scheduler scheduler = new Scheduler(folder, begin, 1, Scheduler.settings(1_000_000))) {
      order(scheduler, Map.of("stealRatio", "0.5", "fairness.weights.lab", "3"));
      beat(scheduler);
      submit(scheduler, Records.job("p", "done", begin, "a"));
      finish(scheduler, "a", "old");
      JobHeader header =
          JobHeader.newBuilder().setTenant("lab").setLabels(Map.of("team", "vision")).build();
      submit(
          scheduler,
          TasksSubmitted.newBuilder(
                  Records.job("p", "dag", begin, "a", "b->a", "c->a", "d->a,b,c", "e->d", "f->d"))
              .setHeader(header)
              .build());
      finish(scheduler, "a", "from a");
      Assignment b = begin(scheduler, "b");
      Assignment c = begin(scheduler, "c");
      submit(
          scheduler,
          TasksSubmitted.newBuilder(Records.job("p", "open", begin, "x->never"))
              .setSealed(false)
              .build());
      submit(
          scheduler,
          TasksSubmitted.newBuilder(Records.job("p", "dated", begin, "y"))
              .setHeader(JobHeader.newBuilder().setDeadline(LEFT.plusSeconds(3_600)).build())
              .build());
      scheduler.send(
          Scheduler.TOPICS.control(),
          "p",
          new Control("p", scheduler.now(), "me", new DrainDevice("gpu-2", true)));
      pass(scheduler);
      assertTrue(!b.getDeviceId().equals(c.getDeviceId()));
      String written = System.getProperty("signalbox.writeFixture");
      List<String> lines = new ArrayList<>();
      try (var rows = scheduler.store().all()) {
        rows.forEachRemaining(row -> lines.add(line(row)));
      }
      assertTrue(lines.size() > 15, lines::toString);
      if (written != null) {
        Files.write(Path.of(written), lines);
      }
    }
  }

  private static String line(KeyValue<Bytes, byte[]> row) {
    return StoreKey.of(row.key).row().kind()
        + " "
        + HEX.formatHex(row.key.get())
        + " "
        + HEX.formatHex(row.value);
  }

  private void order(Scheduler scheduler, Map<String, String> options) {
    scheduler.send(
        Scheduler.TOPICS.control(),
        "p",
        new Control("p", scheduler.now(), "me", new ChangePlacement(options)));
  }

  private void submit(Scheduler scheduler, TasksSubmitted submission) {
    scheduler.send(Scheduler.TOPICS.taskSubmitted(), "p", submission);
    pass(scheduler);
  }

  private Assignment begin(Scheduler scheduler, String task) {
    Assignment offer = offerOf(scheduler, task);
    scheduler.send(Scheduler.TOPICS.taskEvents(), "p", Records.started(offer, scheduler.now()));
    pass(scheduler);
    return offer;
  }

  private void finish(Scheduler scheduler, String task, String result) {
    Assignment offer = begin(scheduler, task);
    offers.clear();
    completed(scheduler, offer, result);
  }
}
