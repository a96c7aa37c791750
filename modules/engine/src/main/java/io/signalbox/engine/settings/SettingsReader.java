package io.signalbox.engine.settings;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.hotspot.HotspotSettings;
import io.signalbox.core.hotspot.Threshold;
import io.signalbox.core.placement.PlacementOption;
import io.signalbox.core.placement.PlacementOptions;
import io.signalbox.core.placement.PlacementSettings;
import io.signalbox.core.pool.PoolSettings;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the typed settings of the flat ones and checks each value. */
final class SettingsReader {
  private static final int ANY = Integer.MAX_VALUE;

  private final SettingValues values;

  private SettingsReader(SettingValues values) {
    this.values = values;
  }

  static EngineSettings read(SettingValues values, List<DeviceClass> deviceClasses) {
    SettingsReader reader = new SettingsReader(values);
    return new EngineSettings(
        reader.connection(),
        values.matching(
            "applicationId",
            "[A-Za-z0-9._-]{1,200}",
            "must be 1 to 200 characters of [A-Za-z0-9._-]"),
        Path.of(values.matching("stateFolder", ".+", "must name a folder")),
        values.positive("startTimeoutSeconds"),
        reader.http(),
        reader.workers(),
        reader.topics(),
        reader.streams(),
        reader.pool(deviceClasses),
        reader.adaptation(),
        reader.hotspots(),
        new TuningReader(values, deviceClasses).read());
  }

  private Connection connection() {
    Map<String, String> properties = new HashMap<>(values.below("kafka."));
    properties.putAll(values.below("registry."));
    return new Connection(
        values.matching("bootstrapServers", ".+", "must name host:port, or several"),
        values.matching("schemaRegistryUrl", ".+", "must name a URL, or several"),
        new Topics(
            values.matching(
                "topicPrefix", "[A-Za-z0-9._-]{0,100}", "may hold only [A-Za-z0-9._-]")),
        properties);
  }

  private HttpSettings http() {
    return new HttpSettings(
        values.matching("http.host", ".+", "must name an address"),
        values.integer("http.port", 0, 65_535),
        values.matching("http.advertised", "|[^:/]+:[0-9]{1,5}", "must be host:port or empty"),
        values.integer("http.maxRequestBytes", 1_024, 16 << 20));
  }

  private WorkersSettings workers() {
    String keys = values.text("workers.tokenKeys");
    return new WorkersSettings(keys.isEmpty() ? null : Path.of(keys));
  }

  private TopicSettings topics() {
    int lanes = values.integer("topics.lanesPerClass", 1, 10_000);
    return new TopicSettings(
        values.flag("topics.create"),
        values.integer("topics.poolPartitions", 1, 10_000),
        lanes,
        values.integer("topics.maxLanesPerClass", lanes, 10_000),
        (short) values.integer("topics.replicationFactor", -1, Short.MAX_VALUE));
  }

  private StreamSettings streams() {
    return new StreamSettings(
        values.integer("streams.threads", 1, 1_024),
        values.oneOf("streams.guarantee", List.of("exactly_once_v2", "at_least_once")),
        values.oneOf("streams.groupProtocol", List.of("classic", "streams")),
        values.integer("streams.standbyReplicas", 0, 16),
        values.whole("streams.commitIntervalMillis", 1, 60_000),
        values.whole("streams.pollMillis", 1, 10_000),
        values.integer("streams.commitRestMillis", 0, ANY),
        values.whole("streams.idleTickMillis", 1, 100),
        values.whole("streams.cacheBytes", 0, Long.MAX_VALUE),
        values.notNegative("streams.threadRestartSeconds"),
        values.integer("streams.maxPools", 1, ANY),
        values.integer("streams.maxAssignmentBytes", 1, ANY));
  }

  private PoolSettings pool(List<DeviceClass> deviceClasses) {
    PoolSettings.Limits limits = limits();
    return new PoolSettings(
        deviceClasses,
        values.positive("pool.offerSeconds"),
        values.notNegative("pool.clockSkewSeconds"),
        values.positive("pool.leaseSeconds"),
        values.integer("pool.maxAttempts", 1, limits.attempts()),
        values.notNegative("pool.backoffSeconds"),
        values.notNegative("pool.maxBackoffSeconds"),
        values.positive("pool.endedJobSeconds"),
        values.integer("pool.linkedOffers", 0, 1_024),
        limits,
        placement(),
        new PoolSettings.Speculation(
            values.flag("pool.speculation.enabled"), values.share("pool.speculation.share")));
  }

  private AdaptationSettings adaptation() {
    return new AdaptationSettings(
        values.flag("adaptation.enabled"),
        values.integer("adaptation.threads", 1, 1_024),
        values.whole("adaptation.commitIntervalMillis", 1, 60_000));
  }

  private HotspotSettings hotspots() {
    int history = values.integer("hotspots.historyWindows", 1, 10_000);
    try {
      return new HotspotSettings(
          values.positive("hotspots.windowSeconds"),
          values.positive("hotspots.advanceSeconds"),
          values.notNegative("hotspots.graceSeconds"),
          values.integer("hotspots.mostOperations", 1, ANY),
          history,
          values.integer("hotspots.leastHistory", 1, history),
          values.integer("hotspots.leastCount", 1, ANY),
          threshold("hotspots.frequency"),
          threshold("hotspots.latency"),
          values.share("hotspots.calmRatio"),
          values.integer("hotspots.calmWindows", 1, ANY));
    } catch (IllegalArgumentException e) {
      throw new SettingsException("hotspots: " + e.getMessage());
    }
  }

  private Threshold threshold(String key) {
    return new Threshold(
        values.notNegative(key + ".absolute"), values.notNegative(key + ".deviations"));
  }

  private PlacementSettings placement() {
    PlacementSettings placement = PlacementSettings.DEFAULT;
    for (PlacementOption option : PlacementOptions.all()) {
      placement = set(placement, option);
    }
    for (String prefix : PlacementOptions.TENANTS) {
      for (String tenant : values.below(SettingKeys.POOL + prefix).keySet()) {
        placement = set(placement, PlacementOptions.named(prefix + tenant));
      }
    }
    return placement;
  }

  private PlacementSettings set(PlacementSettings placement, PlacementOption option) {
    String key = SettingKeys.POOL + option.name();
    try {
      return option.set(placement, values.text(key));
    } catch (IllegalArgumentException e) {
      throw values.wrong(key, "must be " + option.allowed());
    }
  }

  private PoolSettings.Limits limits() {
    return new PoolSettings.Limits(
        values.integer("pool.limits.tasksPerJob", 1, ANY),
        values.integer("pool.limits.tasksPerRecord", 1, ANY),
        values.integer("pool.limits.dependenciesPerTask", 1, ANY),
        values.integer("pool.limits.inlineBytes", 1, ANY),
        values.integer("pool.limits.nameCharacters", 1, ANY),
        values.integer("pool.limits.liveTasks", 1, ANY),
        values.integer("pool.limits.attempts", 1, ANY),
        values.integer("pool.limits.devices", 1, ANY));
  }
}
