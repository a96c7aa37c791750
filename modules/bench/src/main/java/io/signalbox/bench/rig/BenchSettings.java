package io.signalbox.bench.rig;

import io.signalbox.events.connection.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a benchmark runs and what its engine is told.
 *
 * @param cluster the Kafka that is measured; null starts a broker and a registry in this process
 * @param data folder for the broker's data and the engine's state
 * @param engineFile the engine's settings
 * @param classesFile the device classes
 * @param guarantee {@code exactly_once_v2} or {@code at_least_once}
 * @param overrides settings of the engine that win over its file, by dotted key
 * @param timeout for each thing that is waited for
 */
public record BenchSettings(
    @Nullable Connection cluster,
    Path data,
    Path engineFile,
    Path classesFile,
    String guarantee,
    Map<String, String> overrides,
    Duration timeout) {
  /** Takes the overrides as they are now, in their order. */
  public BenchSettings {
    overrides = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
  }

  /** The same with more overrides; those that were given before win. */
  public BenchSettings withDefaults(Map<String, String> defaults) {
    Map<String, String> all = new LinkedHashMap<>(defaults);
    all.putAll(overrides);
    return new BenchSettings(cluster, data, engineFile, classesFile, guarantee, all, timeout);
  }
}
