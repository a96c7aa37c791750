package io.signalbox.cli.station;

import io.signalbox.devkit.Devkit;
import io.signalbox.engine.Engine;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.events.connection.Connection;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A broker, a registry and an engine in this process, or those of them that are wanted. */
public final class Station implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Station.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Connection connection;
  private final @Nullable Engine engine;

  private Station(StationSettings settings) {
    try {
      Connection given = settings.cluster();
      this.connection = given != null ? given : startCluster(settings);
      this.engine = settings.engine() ? startEngine(settings) : null;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts what is wanted and returns when it works.
   *
   * @throws io.signalbox.devkit.DevkitException when the broker or the registry can't start
   * @throws io.signalbox.engine.EngineException when the engine can't
   * @throws io.signalbox.engine.settings.SettingsException when a setting of the engine is wrong
   */
  public static Station start(StationSettings settings) {
    return new Station(settings);
  }

  /** Where Kafka and the registry are. */
  public Connection connection() {
    return connection;
  }

  /** Where the engine's HTTP API answers; null without an engine. */
  public @Nullable String engineUrl() {
    Engine running = engine;
    if (running == null) {
      return null;
    }
    InetSocketAddress address = running.httpAddress();
    return "http://" + address.getHostString() + ":" + address.getPort();
  }

  /** Completes when the engine ends, exceptionally when an error ended it; never without one. */
  public CompletableFuture<Void> terminated() {
    Engine running = engine;
    return running == null ? new CompletableFuture<>() : running.terminated();
  }

  /** Stops everything, what was started last first. */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        // The others must be stopped all the same.
        LOG.warn("{} didn't stop cleanly", part.getClass().getSimpleName(), e);
      }
    }
  }

  private Connection startCluster(StationSettings settings) {
    Devkit devkit =
        Devkit.builder()
            .dataFolder(settings.data())
            .brokerPort(settings.brokerPort())
            .registryPort(settings.registryPort())
            .start();
    parts.push(devkit);
    return devkit.connection();
  }

  private Engine startEngine(StationSettings settings) {
    // What was said on the command line wins over the environment, and that over the file.
    Map<String, String> overrides =
        new LinkedHashMap<>(EngineSettings.fromEnvironment(System.getenv()));
    overrides.put("stateFolder", settings.data().resolve("engine").toString());
    overrides.put("bootstrapServers", connection.bootstrapServers());
    overrides.put("schemaRegistryUrl", connection.schemaRegistryUrl());
    overrides.put("topicPrefix", connection.topics().prefix());
    connection.properties().forEach((name, value) -> overrides.put("kafka." + name, value));
    overrides.putAll(settings.overrides());
    Engine started =
        Engine.start(EngineSettings.load(settings.engineFile(), settings.classesFile(), overrides));
    parts.push(started);
    return started;
  }
}
