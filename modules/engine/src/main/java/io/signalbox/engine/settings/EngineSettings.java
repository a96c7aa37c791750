package io.signalbox.engine.settings;

import io.signalbox.core.hotspot.HotspotSettings;
import io.signalbox.core.pool.PoolSettings;
import io.signalbox.core.tuning.TuningSettings;
import io.signalbox.events.connection.Connection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything an engine is told. It is read from one documented file, config/engine.yaml; whatever
 * that doesn't say has the default that the file names.
 *
 * @param connection where Kafka and the registry are, and how the topics are named
 * @param applicationId the consumer group and the prefix of internal topics: engines that share it
 *     share the work
 * @param stateFolder where the local copy of the state is kept
 * @param startTimeoutSeconds how long an engine may take to run
 * @param http the HTTP API
 * @param workers what is asked of workers
 * @param topics how topics are created
 * @param streams how the topology runs
 * @param pool what governs each pool
 * @param adaptation how operations and devices are watched
 * @param hotspots what makes an operation hot
 * @param tuning when a device's tasks are placed anew
 */
public record EngineSettings(
    Connection connection,
    String applicationId,
    Path stateFolder,
    double startTimeoutSeconds,
    HttpSettings http,
    WorkersSettings workers,
    TopicSettings topics,
    StreamSettings streams,
    PoolSettings pool,
    AdaptationSettings adaptation,
    HotspotSettings hotspots,
    TuningSettings tuning) {

  /**
   * Reads the settings.
   *
   * @param file config/engine.yaml, or one like it
   * @param deviceClasses config/device-classes.yaml, or one like it
   * @param overrides dotted keys that win over the file
   * @throws SettingsException naming the place of the first key or value that can't be used
   */
  public static EngineSettings load(Path file, Path deviceClasses, Map<String, String> overrides) {
    Map<String, Setting> settings = new LinkedHashMap<>(YamlSettings.read(file));
    overrides.forEach((key, value) -> settings.put(key, new Setting(value, "override")));
    return SettingsReader.read(new SettingValues(settings), DeviceClasses.read(deviceClasses));
  }

  /**
   * The overrides that environment variables name: SIGNALBOX_POOL_OFFER_SECONDS is
   * pool.offerSeconds, SIGNALBOX_KAFKA_BOOTSTRAP_SERVERS is kafka.bootstrap.servers. Variables that
   * spell no key are left out, since launchers have some of their own.
   */
  public static Map<String, String> fromEnvironment(Map<String, String> environment) {
    Map<String, String> overrides = new LinkedHashMap<>();
    environment.forEach((name, value) -> {
      if (name.startsWith("SIGNALBOX_")) {
        SettingKeys.spelt(name.substring("SIGNALBOX_".length()))
            .ifPresent(key -> overrides.put(key, value));
      }
    });
    return overrides;
  }

  /** These settings for other servers. */
  public EngineSettings withConnection(Connection other) {
    return new EngineSettings(
        other,
        applicationId,
        stateFolder,
        startTimeoutSeconds,
        http,
        workers,
        topics,
        streams,
        pool,
        adaptation,
        hotspots,
        tuning);
  }

  /** Every key with its default. */
  public static List<SettingKey> keys() {
    return SettingKeys.all();
  }
}
