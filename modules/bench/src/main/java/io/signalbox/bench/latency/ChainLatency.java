package io.signalbox.bench.latency;

import io.signalbox.bench.measure.Latency;
import io.signalbox.bench.rig.BenchCluster;
import io.signalbox.bench.rig.BenchEngine;
import io.signalbox.bench.rig.BenchFleet;
import io.signalbox.bench.rig.BenchSettings;
import io.signalbox.bench.rig.FleetSize;
import io.signalbox.bench.rig.JobRun;
import io.signalbox.bench.shape.JobShape;
import io.signalbox.client.Job;
import io.signalbox.worker.Result;
import io.signalbox.worker.TaskContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/**
 * The gap between two steps of a chain: from the end of one handler until the next one runs. Chains
 * run one at a time, since the gap of an idle pool is what is asked for.
 */
final class ChainLatency {
  private static final int STEPS = 200;

  private final Map<String, Long> ends = new ConcurrentHashMap<>();
  private final BenchCluster cluster;
  private final BenchSettings settings;
  private Histogram micros = histogram();

  ChainLatency(BenchCluster cluster, BenchSettings settings) {
    this.cluster = cluster;
    this.settings = settings;
  }

  private static Histogram histogram() {
    return new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(5), 3);
  }

  /** Runs chains for that long, after warming up. */
  Latency run(LatencySettings load, int linkedOffers) {
    FleetSize size = load.fleet();
    FleetSize one =
        new FleetSize(size.deviceClass(), 1, size.slots(), size.prefetch(), linkedOffers);
    try (BenchFleet fleet =
            BenchFleet.start(
                cluster.connection(), BenchEngine.POOL, one, this::handle, settings.timeout());
        JobRun jobs = new JobRun(cluster.connection())) {
      chains(jobs, "w" + linkedOffers, load.warmUpSeconds());
      micros = histogram();
      chains(jobs, "m" + linkedOffers, load.seconds());
      String what =
          linkedOffers == 0 ? "step gap without linked offers" : "step gap with linked offers";
      return Latency.ofMicros(what + ", " + fleet, micros);
    }
  }

  private void chains(JobRun jobs, String prefix, int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    JobShape chain = JobShape.named("chain");
    for (int i = 0; i == 0 || System.nanoTime() < end; i++) {
      Job job =
          Job.named(prefix + "-" + i).inPool(BenchEngine.POOL).tasks(chain.tasks(STEPS)).build();
      jobs.run(List.of(job), settings.timeout());
    }
  }

  private Mono<Result> handle(TaskContext task) {
    long now = System.nanoTime();
    int step = Integer.parseInt(task.taskId().substring(1));
    Long before = ends.remove(task.job() + "/" + (step - 1));
    if (before != null) {
      micros.recordValue((now - before) / 1_000);
    }
    ends.put(task.job() + "/" + step, System.nanoTime());
    return Mono.just(Result.empty());
  }
}
