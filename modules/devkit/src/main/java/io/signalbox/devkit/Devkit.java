package io.signalbox.devkit;

import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.TopicReadiness;
import io.signalbox.events.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * A broker and a schema registry for development and tests, in this process.
 *
 * <pre>{@code
 * try (var devkit = Devkit.start()) {
 *   Connection connection = devkit.connection();
 * }
 * }</pre>
 */
public final class Devkit implements AutoCloseable {
  private final EmbeddedBroker broker;
  private final EmbeddedRegistry registry;
  private final @Nullable BrokerSecurity security;

  private Devkit(
      EmbeddedBroker broker, EmbeddedRegistry registry, @Nullable BrokerSecurity security) {
    this.broker = broker;
    this.registry = registry;
    this.security = security;
  }

  /** Starts both on free ports over a temporary folder. */
  public static Devkit start() {
    return builder().start();
  }

  /** A devkit to be configured. */
  public static Builder builder() {
    return new Builder();
  }

  /** What Kafka clients take as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** What clients take as {@code schema.registry.url}. */
  public String schemaRegistryUrl() {
    return registry.url();
  }

  /** How Signalbox's own clients reach both: as the administrator where the broker asks who. */
  public Connection connection() {
    BrokerSecurity secured = security;
    return secured == null
        ? Connection.of(bootstrapServers(), schemaRegistryUrl())
        : connection(secured.clientProperties(BrokerSecurity.ADMINISTRATOR));
  }

  /** The same with properties of the clients, such as {@link BrokerSecurity#clientProperties}. */
  public Connection connection(Map<String, String> properties) {
    return new Connection(bootstrapServers(), schemaRegistryUrl(), Topics.DEFAULT, properties);
  }

  /** The broker. */
  public EmbeddedBroker broker() {
    return broker;
  }

  /** The schema registry. */
  public EmbeddedRegistry registry() {
    return registry;
  }

  /**
   * Returns once the topics, created by whomever, can be written to.
   *
   * @throws org.apache.kafka.common.errors.TimeoutException if that takes longer than the time
   */
  public void awaitTopics(Collection<String> topics, Duration timeout) {
    try (Admin admin = Admin.create(connection().adminConfig())) {
      TopicReadiness.await(admin, topics, timeout);
    }
  }

  /** Stops the registry, then the broker. */
  @Override
  public void close() {
    try {
      registry.close();
    } finally {
      broker.close();
    }
  }

  /** The settings of a devkit; every one has a default. */
  public static final class Builder {
    private final EmbeddedBroker.Builder broker = EmbeddedBroker.builder();
    private int registryPort;
    private @Nullable BrokerSecurity security;

    private Builder() {}

    /** The broker's port on 127.0.0.1; 0, the default, takes any free one. */
    public Builder brokerPort(int port) {
      broker.port(port);
      return this;
    }

    /** The registry's port on 127.0.0.1; 0, the default, takes any free one. */
    public Builder registryPort(int port) {
      registryPort = port;
      return this;
    }

    /** Keeps records and schemas here over restarts; by default they are temporary. */
    public Builder dataFolder(Path folder) {
      broker.dataFolder(folder);
      return this;
    }

    /** Secures the broker; the registry, on this machine alone, stays open. */
    public Builder security(BrokerSecurity value) {
      security = value;
      broker.security(value);
      return this;
    }

    /** Gives the broker a second port, behind a {@link Wire}. */
    public Builder forwarded(int listening, int advertised) {
      broker.forwarded(listening, advertised);
      return this;
    }

    /** Sets a property of the broker. */
    public Builder brokerProperty(String name, String value) {
      broker.property(name, value);
      return this;
    }

    /**
     * Starts both and returns when they serve.
     *
     * @throws DevkitException if a port or the folder can't be had; nothing is left behind then
     */
    public Devkit start() {
      EmbeddedBroker started = broker.start();
      try {
        BrokerSecurity secured = security;
        Map<String, String> properties =
            secured == null ? Map.of() : secured.clientProperties(BrokerSecurity.ADMINISTRATOR);
        return new Devkit(
            started,
            EmbeddedRegistry.start(started.bootstrapServers(), properties, registryPort),
            secured);
      } catch (Throwable e) {
        started.close();
        throw e;
      }
    }
  }
}
