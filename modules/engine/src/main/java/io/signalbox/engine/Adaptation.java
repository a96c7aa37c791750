package io.signalbox.engine;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.engine.board.HotspotBoard;
import io.signalbox.engine.failure.FailedThreads;
import io.signalbox.engine.hotspots.HotspotShell;
import io.signalbox.engine.hotspots.HotspotTopology;
import io.signalbox.engine.identity.Identities;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.engine.tuning.TuningShell;
import io.signalbox.engine.tuning.TuningTopology;
import java.time.Duration;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches operations and devices in a Kafka Streams client of its own. Scheduling goes on without
 * it: what ends it is logged, and the engine doesn't wait for it to start.
 */
final class Adaptation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Adaptation.class);

  private final KafkaStreams streams;
  private final FailedThreads failures;

  private Adaptation(EngineSettings settings, Topology topology, String address) {
    streams = new KafkaStreams(topology, StreamsProperties.ofAdaptation(settings, address));
    failures =
        new FailedThreads(
            Duration.ofMillis((long) (settings.streams().threadRestartSeconds() * 1e3)),
            cause ->
                LOG.error("Operations and devices aren't watched any more; scheduling goes on"));
    streams.setUncaughtExceptionHandler(failures);
    streams.start();
  }

  /**
   * Starts it.
   *
   * @param poolPartitions partitions that pools are spread over
   * @param identities whether workers may speak for the devices they name
   * @param address {@code host:port} under which other engines reach this one
   */
  static Adaptation start(
      EngineSettings settings,
      int poolPartitions,
      HotspotBoard board,
      Identities identities,
      String address) {
    HotspotShell hotspots =
        new HotspotShell(
            settings.hotspots(),
            settings.pool().deviceClasses().stream()
                .map(DeviceClass::name)
                .collect(Collectors.toSet()),
            settings.streams().maxPools(),
            poolPartitions,
            board,
            identities);
    TuningShell tuning =
        new TuningShell(
            settings.tuning(), settings.streams().maxPools(), poolPartitions, identities);
    Topology topology = HotspotTopology.of(settings.connection(), hotspots);
    return new Adaptation(
        settings, TuningTopology.addTo(topology, settings.connection(), tuning), address);
  }

  @Override
  public void close() {
    failures.close();
    Runner.stop(streams);
  }
}
