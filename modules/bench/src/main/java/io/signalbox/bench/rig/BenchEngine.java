package io.signalbox.bench.rig;

import io.signalbox.engine.Engine;
import io.signalbox.engine.settings.EngineSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** The engine that is measured, in this process, with a pool of its own. */
public final class BenchEngine {
  /** The pool that benchmarks use unless they need several. */
  public static final String POOL = "bench";

  private BenchEngine() {}

  /**
   * Starts one.
   *
   * @param name tells it from other engines of the same benchmark
   * @throws io.signalbox.engine.EngineException when it can't start
   * @throws io.signalbox.engine.settings.SettingsException when a setting is wrong
   */
  public static Engine start(BenchCluster cluster, BenchSettings settings, String name) {
    return Engine.start(settings(cluster, settings, name));
  }

  /** The consumer group of the engine of that name, and what its internal topics begin with. */
  public static String applicationId(BenchCluster cluster, String name) {
    return cluster.name() + "-" + name;
  }

  /** What an engine of the benchmark is told. */
  public static EngineSettings settings(BenchCluster cluster, BenchSettings settings, String name) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("http.port", "0");
    values.put("topics.poolPartitions", "1");
    values.put("streams.guarantee", settings.guarantee());
    values.putAll(settings.overrides());
    values.put("applicationId", applicationId(cluster, name));
    values.put("stateFolder", settings.data().resolve(name).toString());
    return EngineSettings.load(settings.engineFile(), settings.classesFile(), values)
        .withConnection(cluster.connection());
  }
}
