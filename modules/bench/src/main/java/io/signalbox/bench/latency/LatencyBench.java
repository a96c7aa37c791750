package io.signalbox.bench.latency;

import io.signalbox.bench.measure.Latency;
import io.signalbox.bench.measure.Machine;
import io.signalbox.bench.rig.BenchCluster;
import io.signalbox.bench.rig.BenchEngine;
import io.signalbox.bench.rig.BenchSettings;
import io.signalbox.engine.Engine;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** How fast a completion becomes the next assignment. */
public final class LatencyBench {
  private LatencyBench() {}

  /**
   * Pairs of tasks at a rate.
   *
   * @throws io.signalbox.bench.BenchException when the rate can't be kept up
   */
  public static LatencyReport pairs(
      BenchSettings given, LatencySettings load, Consumer<String> progress) {
    BenchSettings settings = lanes(given, load.fleet().devices());
    try (BenchCluster cluster = BenchCluster.open(settings);
        Engine engine = BenchEngine.start(cluster, settings, "engine")) {
      progress.accept(
          "engine %s; %d s to warm up, %d s are measured, then as many are looked at by stages"
              .formatted(engine.state(), load.warmUpSeconds(), load.seconds()));
      PairLatency.Found found = new PairLatency(cluster, settings, load).run();
      return report(settings, "pairs", load, List.of(found.whole()), found.stages());
    }
  }

  /** Chains, one at a time, with and without linked offers. */
  public static LatencyReport chains(
      BenchSettings given, LatencySettings load, int linkedOffers, Consumer<String> progress) {
    BenchSettings settings = lanes(given, 1);
    try (BenchCluster cluster = BenchCluster.open(settings);
        Engine engine = BenchEngine.start(cluster, settings, "engine")) {
      progress.accept("engine " + engine.state() + "; chains with linked offers");
      ChainLatency chains = new ChainLatency(cluster, settings);
      Latency with = chains.run(load, Math.max(1, linkedOffers));
      progress.accept("chains without linked offers");
      return report(settings, "chain", load, List.of(with, chains.run(load, 0)), List.of());
    }
  }

  private static BenchSettings lanes(BenchSettings settings, int lanes) {
    return settings.withDefaults(Map.of("topics.lanesPerClass", Integer.toString(lanes)));
  }

  private static LatencyReport report(
      BenchSettings settings,
      String shape,
      LatencySettings load,
      List<Latency> latencies,
      List<Latency> stages) {
    return new LatencyReport(
        "latency",
        shape,
        load.tasksPerSecond(),
        load.seconds(),
        settings.guarantee(),
        latencies,
        stages,
        Machine.here());
  }
}
