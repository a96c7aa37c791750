package io.signalbox.cli.station;

import io.signalbox.events.connection.Connection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What runs in one process.
 *
 * @param cluster the Kafka that is used; null starts a broker and a registry here
 * @param data folder for the broker's data and the engine's state
 * @param brokerPort port of the broker that is started here; 0 takes a free one
 * @param registryPort port of the registry that is started here; 0 takes a free one
 * @param engine whether an engine runs
 * @param engineFile the engine's settings
 * @param classesFile the device classes
 * @param overrides settings of the engine that win over its file, by dotted key
 */
public record StationSettings(
    @Nullable Connection cluster,
    Path data,
    int brokerPort,
    int registryPort,
    boolean engine,
    Path engineFile,
    Path classesFile,
    Map<String, String> overrides) {
  public StationSettings {
    // The order of --set is kept: an error names the first that is wrong.
    overrides = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
  }
}
