package io.signalbox.bench.recovery;

import io.signalbox.bench.BenchException;
import io.signalbox.bench.measure.Machine;
import io.signalbox.bench.rig.BenchCluster;
import io.signalbox.bench.rig.BenchEngine;
import io.signalbox.bench.rig.BenchFleet;
import io.signalbox.bench.rig.BenchSettings;
import io.signalbox.bench.rig.EventTap;
import io.signalbox.bench.rig.FleetSize;
import io.signalbox.bench.shape.JobShape;
import io.signalbox.client.SignalboxClient;
import io.signalbox.events.Assignment;
import io.signalbox.events.AssignmentType;
import io.signalbox.events.connection.Connection;
import io.signalbox.worker.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How long a pool stands still when its engine is killed: the engine runs in a JVM of its own, is
 * killed while tasks wait and run, and is started again at once, over the same folder.
 */
public final class RecoveryBench {
  /** Tasks take a while, so that devices are busy all the time and free when the engine is back. */
  private static final Duration WORK = Duration.ofMillis(100);

  private final BenchSettings settings;
  private final int live;
  private final FleetSize fleet;
  private final Consumer<String> progress;
  private final AtomicLong assigned = new AtomicLong();
  private final CompletableFuture<Long> resumed = new CompletableFuture<>();
  private volatile Instant after = Instant.MAX;

  private RecoveryBench(
      BenchSettings settings, int live, FleetSize fleet, Consumer<String> progress) {
    this.settings = settings;
    this.live = live;
    this.fleet = fleet;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @param live tasks that are unfinished when the engine is killed, about
   * @throws BenchException when an engine doesn't come up or assigns nothing in time
   */
  public static RecoveryReport run(
      BenchSettings settings, int live, FleetSize fleet, Consumer<String> progress) {
    return new RecoveryBench(settings, live, fleet, progress).run();
  }

  private RecoveryReport run() {
    try (BenchCluster cluster = BenchCluster.open(settings)) {
      Connection connection = cluster.connection();
      long limit = settings.timeout().toSeconds();
      try (EngineProcess first = engine(cluster)) {
        first.awaitReady(limit);
        Deserializer<Assignment> offers = connection.serde(Assignment.class).deserializer();
        String lanes = connection.topics().assignments(fleet.deviceClass());
        try (BenchFleet workers =
                BenchFleet.start(
                    connection,
                    BenchEngine.POOL,
                    fleet,
                    task -> Mono.delay(WORK).thenReturn(Result.empty()),
                    settings.timeout());
            EventTap tap =
                new EventTap(
                    connection.consumerConfig(),
                    lanes,
                    record -> read(offers.deserialize(lanes, record.value())))) {
          submit(connection);
          awaitAssignments(2L * fleet.devices() * fleet.slots());
          progress.accept(workers + " busy, " + tap + " reads; killing the engine");
          return kill(cluster, first, limit);
        }
      }
    }
  }

  private RecoveryReport kill(BenchCluster cluster, EngineProcess first, long limit) {
    long tasks = live - assigned.get();
    long begin = System.nanoTime();
    first.close();
    // What the dead engine committed just before its end is no sign of life of the next one.
    after = Instant.now();
    try (EngineProcess next = engine(cluster)) {
      long running = next.awaitReady(limit);
      long scheduled = await(limit);
      return new RecoveryReport(
          "recovery",
          tasks,
          settings.guarantee(),
          (scheduled - begin) / 1e9,
          (running - begin) / 1e9,
          Machine.here());
    }
  }

  private long await(long limit) {
    try {
      return resumed.get(limit, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new BenchException("the next engine assigned nothing within " + limit + " s", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void read(Assignment assignment) {
    if (assignment.getType() == AssignmentType.RUN) {
      assigned.incrementAndGet();
      if (assignment.getOfferedAt().isAfter(after)) {
        resumed.complete(System.nanoTime());
      }
    }
  }

  private void awaitAssignments(long count) {
    long end = System.nanoTime() + settings.timeout().toNanos();
    while (assigned.get() < Math.min(count, live / 2)) {
      if (System.nanoTime() > end) {
        throw new BenchException(
            "only %,d tasks were assigned after %d s"
                .formatted(assigned.get(), settings.timeout().toSeconds()));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
  }

  private void submit(Connection connection) {
    progress.accept("submitting %,d tasks".formatted(live));
    try (SignalboxClient client = SignalboxClient.connect(connection)) {
      client
          .submit(
              BenchEngine.POOL,
              "recovery",
              Flux.fromIterable(JobShape.named("independent").tasks(live)))
          .block(settings.timeout());
    }
  }

  private EngineProcess engine(BenchCluster cluster) {
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("http.port", "0");
    overrides.put("topics.poolPartitions", "1");
    overrides.put("topics.lanesPerClass", Integer.toString(fleet.devices()));
    overrides.put("streams.guarantee", settings.guarantee());
    overrides.putAll(settings.overrides());
    overrides.put("applicationId", BenchEngine.applicationId(cluster, "engine"));
    overrides.put("stateFolder", settings.data().resolve("engine").toString());
    return EngineProcess.start(
        cluster.connection(), settings.engineFile(), settings.classesFile(), overrides);
  }
}
