package io.signalbox.bench.soak;

import io.signalbox.bench.BenchException;
import io.signalbox.bench.measure.Machine;
import io.signalbox.bench.measure.UsedHeap;
import io.signalbox.bench.rig.BenchCluster;
import io.signalbox.bench.rig.BenchEngine;
import io.signalbox.bench.rig.BenchFleet;
import io.signalbox.bench.rig.BenchSettings;
import io.signalbox.bench.rig.EventTap;
import io.signalbox.bench.rig.JobRun;
import io.signalbox.bench.shape.JobShape;
import io.signalbox.client.Job;
import io.signalbox.client.JobBuilder;
import io.signalbox.client.SignalboxClient;
import io.signalbox.engine.Engine;
import io.signalbox.events.JobEvent;
import io.signalbox.events.connection.Connection;
import io.signalbox.worker.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import reactor.core.publisher.Mono;

/**
 * Minutes of steady load, and the heap at the end of each: it should stay where it was. A second
 * tenant brings ten times as much as its quota lets in, so that most of what it brings is refused.
 */
public final class SoakBench {
  private static final String FLOOD = "flood";
  private static final int FLOODED_TASKS = 500;
  private static final int FLOOD_TASKS_PER_SECOND = 50;
  private static final int LEAST_ROUNDS = 3;
  private static final long SAMPLE_NANOS = Duration.ofMinutes(1).toNanos();

  private final BenchSettings settings;
  private final SoakSettings load;
  private final Consumer<String> progress;
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();
  private final List<SoakReport.Minute> minutes = new ArrayList<>();
  private long tasks;

  private SoakBench(BenchSettings settings, SoakSettings load, Consumer<String> progress) {
    this.settings =
        settings.withDefaults(
            Map.of(
                "topics.lanesPerClass",
                Integer.toString(load.fleet().devices()),
                "pool.endedJobSeconds",
                "60",
                "pool.quotas.tasksPerSecond." + FLOOD,
                Integer.toString(FLOOD_TASKS_PER_SECOND),
                "pool.quotas.burstSeconds",
                Integer.toString(FLOODED_TASKS / FLOOD_TASKS_PER_SECOND)));
    this.load = load;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @param progress is told how far it is
   * @throws io.signalbox.bench.BenchException when a job fails or takes longer than the limit
   */
  public static SoakReport run(
      BenchSettings settings, SoakSettings load, Consumer<String> progress) {
    return new SoakBench(settings, load, progress).run();
  }

  private SoakReport run() {
    try (BenchCluster cluster = BenchCluster.open(settings);
        Engine engine = BenchEngine.start(cluster, settings, "engine")) {
      progress.accept("the engine is " + engine.state());
      double seconds = load(cluster.connection());
      return new SoakReport(
          "soak", seconds, tasks, refused.get(), settings.guarantee(), minutes, Machine.here());
    }
  }

  private double load(Connection connection) {
    String topic = connection.topics().jobEvents();
    try (BenchFleet fleet =
            BenchFleet.start(
                connection,
                BenchEngine.POOL,
                load.fleet(),
                task -> Mono.just(Result.empty()),
                settings.timeout());
        Deserializer<JobEvent> events = connection.serde(JobEvent.class).deserializer();
        EventTap tap =
            new EventTap(
                connection.consumerConfig(),
                topic,
                record -> count(events.deserialize(topic, record.value())));
        SignalboxClient flood = SignalboxClient.connect(connection);
        JobRun jobs = new JobRun(connection)) {
      progress.accept("load on %s, refusals read by %s".formatted(fleet, tap));
      return rounds(jobs, flood);
    }
  }

  private void count(JobEvent event) {
    if (event.getJob().startsWith(FLOOD)) {
      switch (event.getType()) {
        case REJECTED -> refused.incrementAndGet();
        case ACCEPTED -> taken.incrementAndGet();
        default -> {
          // How it goes on with those that were taken.
        }
      }
    }
  }

  /** A round a second, or as fast as it goes where that is slower. */
  private double rounds(JobRun jobs, SignalboxClient flood) {
    long begin = System.nanoTime();
    long end = begin + Duration.ofSeconds(load.seconds()).toNanos();
    long nextSample = begin;
    long flooded = 0;
    for (int i = 0; i < LEAST_ROUNDS || System.nanoTime() < end; i++) {
      long round = System.nanoTime();
      flood.submit(job(FLOOD, i, FLOODED_TASKS)).block(settings.timeout());
      flooded++;
      tasks +=
          jobs.run(List.of(job("steady", i, load.tasksPerSecond())), settings.timeout()).tasks();
      if (System.nanoTime() >= nextSample) {
        sample(begin);
        nextSample += SAMPLE_NANOS;
      }
      long rest = round + Duration.ofSeconds(1).toNanos() - System.nanoTime();
      if (rest > 0) {
        LockSupport.parkNanos(rest);
      }
    }
    await(flooded);
    sample(begin);
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Each job of the flood has been answered. */
  private void await(long flooded) {
    long limit = System.nanoTime() + settings.timeout().toNanos();
    while (refused.get() + taken.get() < flooded) {
      if (System.nanoTime() > limit) {
        throw new BenchException(
            "%,d of %,d jobs were neither taken nor refused"
                .formatted(flooded - refused.get() - taken.get(), flooded));
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static Job job(String tenant, int number, int tasks) {
    JobBuilder job = Job.named(tenant + "-" + number).inPool(BenchEngine.POOL).tenant(tenant);
    return job.tasks(JobShape.named("layered").tasks(tasks)).build();
  }

  private void sample(long begin) {
    long second = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    double megabytes = Math.round(UsedHeap.bytes() / 1e5) / 10.0;
    minutes.add(new SoakReport.Minute(second, tasks, megabytes));
    progress.accept("after %,d s: %,d tasks, heap %.1f MB".formatted(second, tasks, megabytes));
  }
}
