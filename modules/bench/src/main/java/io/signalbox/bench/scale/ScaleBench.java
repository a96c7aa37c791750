package io.signalbox.bench.scale;

import io.signalbox.bench.measure.CpuTime;
import io.signalbox.bench.measure.Machine;
import io.signalbox.bench.rig.BenchCluster;
import io.signalbox.bench.rig.BenchEngine;
import io.signalbox.bench.rig.BenchFleet;
import io.signalbox.bench.rig.BenchSettings;
import io.signalbox.bench.rig.FleetSize;
import io.signalbox.bench.rig.JobRun;
import io.signalbox.client.Job;
import io.signalbox.engine.Engine;
import io.signalbox.worker.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** What a task costs while something grows: jobs, their number, the fleet, the number of pools. */
public final class ScaleBench {
  private static final int TASKS_OF_A_JOB = 10;
  private static final String ENGINE = "engine";

  private final BenchSettings settings;
  private final ScaleSettings load;
  private final Consumer<String> progress;

  private ScaleBench(BenchSettings settings, ScaleSettings load, Consumer<String> progress) {
    this.settings = settings;
    this.load = load;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @throws io.signalbox.bench.BenchException when a size isn't done in time
   */
  public static ScaleReport run(
      BenchSettings settings, ScaleSettings load, Consumer<String> progress) {
    int most = load.over() == Growth.DEVICES ? load.to() : load.fleet().devices();
    BenchSettings all =
        settings.withDefaults(
            Map.of(
                "topics.lanesPerClass", Integer.toString(most),
                "topics.maxLanesPerClass", Integer.toString(Math.max(256, most))));
    return new ScaleBench(all, load, progress).run();
  }

  private ScaleReport run() {
    List<ScaleReport.Point> points = new ArrayList<>();
    try (BenchCluster cluster = BenchCluster.open(settings);
        Engine engine = BenchEngine.start(cluster, settings, ENGINE)) {
      progress.accept("engine is " + engine.state() + "; warming up");
      // The compilers see the whole way before anything counts.
      point(cluster, load.from(), "w");
      for (long size = load.from(); size <= load.to(); size *= load.factor()) {
        points.add(point(cluster, (int) size, "m"));
        progress.accept(describe(points.getLast()));
      }
    }
    return new ScaleReport(
        "scale",
        load.over().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
        load.shape().name(),
        settings.guarantee(),
        points,
        points.getLast().engineCpuMicrosPerTask() / points.getFirst().engineCpuMicrosPerTask(),
        Machine.here());
  }

  private String describe(ScaleReport.Point point) {
    return "%s %,d: %,.0f tasks/s, %.1f µs of the engine per task"
        .formatted(
            load.over(), point.size(), point.tasksPerSecond(), point.engineCpuMicrosPerTask());
  }

  private ScaleReport.Point point(BenchCluster cluster, int size, String prefix) {
    FleetSize fleet = load.fleet();
    int devices = load.over() == Growth.DEVICES ? size : fleet.devices();
    int pools = load.over() == Growth.POOLS ? size : 1;
    List<BenchFleet> fleets = new ArrayList<>();
    try (JobRun jobs = new JobRun(cluster.connection())) {
      for (int pool = 0; pool < pools; pool++) {
        FleetSize own =
            new FleetSize(
                fleet.deviceClass(),
                Math.max(1, devices / pools),
                fleet.slots(),
                fleet.prefetch(),
                fleet.linkedOffers());
        fleets.add(
            BenchFleet.start(
                cluster.connection(),
                poolName(prefix, size, pool),
                own,
                task -> Mono.just(Result.empty()),
                settings.timeout()));
      }
      return measure(cluster, jobs, size, prefix, pools);
    } finally {
      fleets.forEach(BenchFleet::close);
    }
  }

  private ScaleReport.Point measure(
      BenchCluster cluster, JobRun run, int size, String prefix, int pools) {
    String application = BenchEngine.applicationId(cluster, ENGINE);
    int tasksOfJob = load.over() == Growth.JOB_SIZE ? size : TASKS_OF_A_JOB;
    int atOnce = load.over() == Growth.JOB_SIZE ? 1 : batch(size, tasksOfJob);
    CpuTime before = CpuTime.ofThreads(application);
    double seconds = 0;
    long tasks = 0;
    for (int batch = 0; tasks < load.tasks() || batch == 0; batch++) {
      List<Job> jobs = new ArrayList<>();
      for (int i = 0; i < atOnce; i++) {
        jobs.add(
            Job.named("%s%d-%d-%d".formatted(prefix, size, batch, i))
                .inPool(poolName(prefix, size, i % pools))
                .tasks(load.shape().tasks(tasksOfJob))
                .build());
      }
      JobRun.Outcome outcome = run.run(jobs, settings.timeout());
      seconds += outcome.seconds();
      tasks += outcome.tasks();
    }
    double cpu = CpuTime.ofThreads(application).since(before);
    return new ScaleReport.Point(size, tasks, tasks / seconds, cpu / tasks * 1e6);
  }

  private int batch(int size, int tasksOfJob) {
    return load.over() == Growth.JOBS ? size : Math.max(1, load.tasks() / tasksOfJob);
  }

  /** Each size has a fleet of its own, and a pool that knows no other. */
  private String poolName(String prefix, int size, int pool) {
    return "%s-%s%d-%d".formatted(BenchEngine.POOL, prefix, size, pool);
  }
}
