package io.signalbox.bench.throughput;

import io.signalbox.bench.measure.CpuTime;
import io.signalbox.bench.measure.StreamsTraffic;
import io.signalbox.bench.rig.BenchCluster;
import io.signalbox.bench.rig.BenchEngine;
import io.signalbox.bench.rig.BenchFleet;
import io.signalbox.bench.rig.BenchSettings;
import io.signalbox.bench.rig.GroupCommit;
import io.signalbox.bench.rig.JobRun;
import io.signalbox.client.Job;
import io.signalbox.engine.Engine;
import io.signalbox.worker.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * How many tasks a second go from a producer through the engine to a worker and back: tasks that do
 * nothing, all jobs of a round submitted at once. Rounds of the engine and of a bare topology that
 * moves as many records take turns, after a warm-up for the compilers that isn't counted.
 */
public final class ThroughputBench {
  private static final String ENGINE = "engine";

  private final BenchSettings settings;
  private final ThroughputSettings load;
  private final Consumer<String> progress;
  private int warmUps;

  private ThroughputBench(
      BenchSettings settings, ThroughputSettings load, Consumer<String> progress) {
    this.settings =
        settings.withDefaults(
            Map.of("topics.lanesPerClass", Integer.toString(load.fleet().devices())));
    this.load = load;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @param progress is told how far it is
   * @throws io.signalbox.bench.BenchException when a round fails or takes longer than the limit
   */
  public static ThroughputReport run(
      BenchSettings settings, ThroughputSettings load, Consumer<String> progress) {
    return new ThroughputBench(settings, load, progress).run();
  }

  private ThroughputReport run() {
    try (BenchCluster cluster = BenchCluster.open(settings);
        Engine engine = BenchEngine.start(cluster, settings, ENGINE)) {
      List<Round> rounds = new ArrayList<>();
      List<Double> bare = new ArrayList<>();
      measure(cluster, rounds, bare);
      progress.accept("heap of waiting tasks, engine is " + engine.state());
      double heap =
          LiveTaskHeap.measure(cluster.connection(), load.shape(), load.tasks(), timeout());
      return ThroughputReport.of(load, settings.guarantee(), rounds, bare, heap);
    }
  }

  private void measure(BenchCluster cluster, List<Round> rounds, List<Double> bare) {
    try (BenchFleet fleet =
            BenchFleet.start(
                cluster.connection(),
                BenchEngine.POOL,
                load.fleet(),
                task -> Mono.just(Result.empty()),
                timeout());
        JobRun jobs = new JobRun(cluster.connection())) {
      progress.accept("warming up, " + fleet);
      double half = load.warmUpSeconds() / 2.0;
      Round warm = warmUp(cluster, jobs, half, () -> {});
      try (PassThrough passThrough =
          new PassThrough(
              cluster,
              settings.data().resolve("passthrough"),
              settings.guarantee(),
              warm.movedPerTask())) {
        // Both run through Kafka's classes, which are compiled anew when the second one comes.
        warmUp(cluster, jobs, half, () -> passThrough.run(warm.tasks(), timeout()));
        double recordsPerTask = warm.movedPerTask().records();
        for (int i = 1; i <= load.rounds(); i++) {
          rounds.add(round(cluster, jobs, i));
          double seconds = passThrough.run(warm.tasks(), timeout());
          bare.add(warm.tasks() * recordsPerTask / seconds);
          progress.accept(
              "round %d of %d: pass-through %,.0f records/s"
                  .formatted(i, load.rounds(), bare.getLast()));
        }
      }
    }
  }

  /** Rounds that aren't counted, for so long; the last of them. */
  private Round warmUp(BenchCluster cluster, JobRun jobs, double seconds, Runnable behindEach) {
    long end = System.nanoTime() + Math.round(seconds * 1e9);
    Round round;
    do {
      round = round(cluster, jobs, -warmUps++);
      behindEach.run();
    } while (System.nanoTime() < end);
    return round;
  }

  private Round round(BenchCluster cluster, JobRun run, int number) {
    String application = BenchEngine.applicationId(cluster, ENGINE);
    List<Job> jobs = jobs(number);
    StreamsTraffic moved = StreamsTraffic.of(application);
    CpuTime engine = CpuTime.ofThreads(application);
    CpuTime process = CpuTime.ofProcess();
    JobRun.Outcome outcome = run.run(jobs, timeout());
    GroupCommit.await(cluster, application, timeout());
    Round round =
        new Round(
            outcome.seconds(),
            outcome.tasks(),
            outcome.p50Millis(),
            outcome.p99Millis(),
            CpuTime.ofThreads(application).since(engine),
            CpuTime.ofProcess().since(process),
            StreamsTraffic.of(application).since(moved));
    progress.accept(
        "%s: %,.0f tasks/s"
            .formatted(
                number <= 0 ? "warm-up" : "round " + number + " of " + load.rounds(),
                round.tasksPerSecond()));
    return round;
  }

  private List<Job> jobs(int round) {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < load.jobs(); i++) {
      int tasks = load.tasks() / load.jobs() + (i < load.tasks() % load.jobs() ? 1 : 0);
      jobs.add(
          Job.named("r%d-%d".formatted(round, i))
              .inPool(BenchEngine.POOL)
              .tasks(load.shape().tasks(tasks))
              .build());
    }
    return jobs;
  }

  private Duration timeout() {
    return settings.timeout();
  }
}
