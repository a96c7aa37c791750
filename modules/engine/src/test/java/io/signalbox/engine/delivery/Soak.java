package io.signalbox.engine.delivery;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.fairness.FairnessSettings;
import io.signalbox.core.fairness.Quotas;
import io.signalbox.core.placement.PlacementSettings;
import io.signalbox.core.pool.PoolSettings;
import io.signalbox.core.pool.Row;
import io.signalbox.core.pool.RowKey;
import io.signalbox.engine.board.PoolBoard;
import io.signalbox.engine.board.PoolQuestions;
import io.signalbox.engine.identity.Identities;
import io.signalbox.engine.scheduling.Batches;
import io.signalbox.engine.scheduling.Shell;
import io.signalbox.engine.scheduling.VirtualPartition;
import io.signalbox.engine.settings.StreamSettings;
import io.signalbox.engine.translate.Lanes;
import io.signalbox.events.Dependency;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobHeader;
import io.signalbox.events.TaskSpec;
import io.signalbox.events.TasksSubmitted;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A pool that is busy for hours of virtual time: the engine's shell and the worker SDK's state
 * machine with devices that are nearly always full, three tenants that bring what the fleet can do,
 * and one that brings ten times its quota. The engine is replaced once an hour. No log is kept, so
 * that what grows would be theirs.
 */
final class Soak {
  static final int QUOTA_LIVE_TASKS = 400;
  static final double REMEMBERED_SECONDS = 600;
  private static final List<String> TENANTS = List.of("shop", "lab", "ops", "flood");
  private static final int DEVICES = 8;
  private static final int LAYERS = 4;
  private static final int WIDTH = 5;
  private static final double TICK_SECONDS = 0.05;

  /**
   * How things stood.
   *
   * @param heapBytes used, when all garbage is gone
   * @param liveTasks of unfinished jobs
   * @param endedJobs that ended in the last {@link #REMEMBERED_SECONDS}
   * @param rows that are stored, by kind
   */
  record Look(
      double hours,
      long heapBytes,
      int liveTasks,
      int liveJobs,
      int endedJobs,
      Map<RowKey.Kind, Integer> rows) {}

  private final VirtualTime time = new VirtualTime();
  private final Random random;
  private final VirtualPartition partition;
  private final PoolQuestions questions = new PoolQuestions();
  private final List<SoakDevice> devices = new ArrayList<>();
  private final Deque<Double> ends = new ArrayDeque<>();
  private final List<Look> looks = new ArrayList<>();
  private long offset;
  private int jobs;
  long submittedTasks;
  long succeededTasks;
  long refusedJobs;
  long queuedJobs;
  final List<String> otherRefusals = new ArrayList<>();
  int engines;

  Soak(long seed) {
    random = new Random(seed);
    Shell shell =
        new Shell(
            Wire.TOPICS,
            1,
            new StreamSettings(
                1, "exactly_once_v2", "classic", 0, 20, 10, 5, 20, 1 << 20, 1, 3, 1_000_000),
            settings(),
            new FixedLanes(),
            new PoolBoard(),
            questions,
            new Batches(1),
            Identities.BELIEVED);
    partition =
        new VirtualPartition(
            0, shell, Wire.CODECS, () -> VirtualTime.START + time.now(), this::send, () -> {});
  }

  /** As many lanes as devices. */
  private static final class FixedLanes implements Lanes {
    @Override
    public List<Integer> existing(String deviceClass, List<Integer> lanes) {
      return lanes;
    }

    @Override
    public void need(String deviceClass, int lanes) {
      throw new IllegalStateException("each device has a lane");
    }
  }

  private static PoolSettings settings() {
    Quotas quotas = new Quotas(QUOTA_LIVE_TASKS, 0, 120, Map.of(), Map.of("flood", 1.0));
    PlacementSettings placement =
        PlacementSettings.DEFAULT.with(new FairnessSettings(3, Map.of(), quotas));
    return new PoolSettings(
        List.of(new DeviceClass("gpu", 312, 0, 400, 50)),
        5,
        1,
        3,
        3,
        1,
        60,
        REMEMBERED_SECONDS,
        16,
        PoolSettings.Limits.DEFAULT,
        placement,
        PoolSettings.Speculation.DEFAULT);
  }

  /** Lets so many hours pass and looks ten times. */
  List<Look> run(double hours) {
    partition.start();
    for (int i = 0; i < DEVICES; i++) {
      devices.add(new SoakDevice(this, i));
    }
    devices.forEach(SoakDevice::start);
    tick();
    for (String tenant : TENANTS) {
      submit(tenant);
    }
    time.after(3_600, this::replaceEngine);
    for (int i = 1; i <= 10; i++) {
      time.at(hours * 360 * i, this::look);
    }
    time.run(hours * 3_600, () -> false);
    return looks;
  }

  VirtualTime time() {
    return time;
  }

  Random random() {
    return random;
  }

  private void tick() {
    partition.punctuate();
    partition.commit();
    time.after(TICK_SECONDS, this::tick);
  }

  /** It is stopped as an engine is that is replaced: after its last commit. */
  private void replaceEngine() {
    partition.commit();
    partition.abort();
    partition.start();
    engines++;
    time.after(3_600, this::replaceEngine);
  }

  /** Tenants bring three tasks a second together; one brings ten alone. */
  private void submit(String tenant) {
    String job = tenant + "-" + jobs++;
    feed(
        Wire.TOPICS.taskSubmitted(),
        TasksSubmitted.newBuilder()
            .setPool(World.POOL)
            .setJob(job)
            .setHeader(JobHeader.newBuilder().setTenant(tenant).build())
            .setTasks(IntStream.range(0, LAYERS * WIDTH).mapToObj(this::task).toList())
            .setSealed(true)
            .setSubmittedAt(Instant.ofEpochSecond((long) VirtualTime.START))
            .build());
    submittedTasks += LAYERS * WIDTH;
    double mean = LAYERS * WIDTH / (tenant.equals("flood") ? 10.0 : 1.0);
    time.after(mean * (0.5 + random.nextDouble()), () -> submit(tenant));
  }

  private TaskSpec task(int number) {
    int layer = number / WIDTH;
    List<Dependency> parents =
        layer == 0
            ? List.of()
            : List.of(
                new Dependency("t" + (number - WIDTH), 0L),
                new Dependency("t" + ((layer - 1) * WIDTH + (number + 1) % WIDTH), 0L));
    return TaskSpec.newBuilder()
        .setTaskId("t" + number)
        .setOperation("op" + layer)
        .setDependencies(parents)
        .build();
  }

  /** A record comes in. */
  void feed(String topic, SpecificRecord value) {
    partition.process(
        topic,
        offset++,
        Wire.key(World.POOL),
        Wire.bytes(topic, value),
        new RecordHeaders(),
        (long) ((VirtualTime.START + time.now()) * 1e3));
  }

  private void send(
      String topic, @Nullable Integer lane, byte @Nullable [] key, byte[] value, Headers headers) {
    if (topic.equals(Wire.TOPICS.jobEvents())) {
      count(Wire.jobEvent(value));
    } else if (topic.equals(Wire.TOPICS.deadLetters())) {
      String reason =
          new String(headers.lastHeader("signalbox-reason").value(), StandardCharsets.UTF_8);
      if (!reason.contains("(quota ")) {
        otherRefusals.add(reason);
      }
    } else if (lane != null) {
      var assignment = Wire.assignment(topic, value);
      time.after(0.002, () -> devices.get(lane).deliver(assignment, lane, headers));
    }
  }

  private void count(JobEvent event) {
    switch (event.getType()) {
      case TASK_SUCCEEDED -> succeededTasks++;
      case QUEUED -> queuedJobs++;
      case REJECTED -> {
        refusedJobs++;
        ends.add(time.now());
      }
      case JOB_SUCCEEDED, JOB_FAILED, JOB_CANCELLED -> ends.add(time.now());
      default -> {
        // It goes on.
      }
    }
  }

  private void look() {
    Map<RowKey.Kind, Integer> rows = new EnumMap<>(RowKey.Kind.class);
    for (Row row : partition.rows(World.POOL)) {
      rows.merge(row.key().kind(), 1, Integer::sum);
    }
    var live =
        questions.ask(
            World.POOL,
            (pool, now) -> {
              pool.check();
              return pool.jobs().stream().filter(job -> job.outcome() == null).toList();
            });
    partition.punctuate();
    var liveJobs = live.join().orElseThrow();
    while (!ends.isEmpty() && ends.peek() < time.now() - REMEMBERED_SECONDS) {
      ends.remove();
    }
    looks.add(
        new Look(
            time.now() / 3_600,
            heap(),
            liveJobs.stream().mapToInt(job -> job.counts().total()).sum(),
            liveJobs.size(),
            ends.size(),
            rows));
  }

  private static long heap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
