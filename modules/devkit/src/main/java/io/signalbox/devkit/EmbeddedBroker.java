package io.signalbox.devkit;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker (KRaft) inside this process, reachable from this machine only: a cluster of
 * its own, or a node of one whose nodes are in several processes ({@link Builder#quorum}).
 *
 * <p>{@link #start()} returns when it serves. It prints nothing: Kafka logs through slf4j.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private final DataFolder folder;
  private final KraftNode node;
  private final int port;
  private final String clusterId;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(DataFolder folder, KraftNode node, int port, String clusterId) {
    this.folder = folder;
    this.node = node;
    this.port = port;
    this.clusterId = clusterId;
  }

  /** Starts a broker on a free port over a temporary folder. */
  public static EmbeddedBroker start() {
    return builder().start();
  }

  /** A broker to be configured. */
  public static Builder builder() {
    return new Builder();
  }

  /** What Kafka clients take as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return Loopback.HOST + ":" + port;
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The cluster's id, kept in the data folder. */
  public String clusterId() {
    return clusterId;
  }

  /** Where the data lies. */
  public Path dataFolder() {
    return folder.path();
  }

  /** Stops the broker, releases its port and folder, and deletes a temporary folder. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        node.close();
      } finally {
        folder.close();
      }
    }
  }

  /** The settings of a broker; every one has a default. */
  public static final class Builder {
    private int port;
    private @Nullable Path dataFolder;
    private @Nullable String clusterId;
    private @Nullable BrokerSecurity security;
    private @Nullable Quorum quorum;
    private @Nullable Forwarding forwarding;
    private final Map<String, String> properties = new HashMap<>();

    private Builder() {}

    /** The port on 127.0.0.1; 0, the default, takes any free one. */
    public Builder port(int value) {
      if (value < 0 || value > 65_535) {
        throw new DevkitException("The broker's port must be 0 to 65535, not " + value + ".");
      }
      port = value;
      return this;
    }

    /** Keeps the data here over restarts; by default it is temporary. */
    public Builder dataFolder(Path value) {
      dataFolder = Objects.requireNonNull(value);
      return this;
    }

    /** The id the cluster must have; by default what the folder holds, or a new one. */
    public Builder clusterId(String value) {
      clusterId = Objects.requireNonNull(value);
      return this;
    }

    /** Lets in only whom it knows, through TLS, and lets them do what ACLs permit. */
    public Builder security(BrokerSecurity value) {
      security = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Makes it a node of a cluster of several; all nodes must have the same cluster id, and {@link
     * #start} waits until most of them are there.
     */
    public Builder quorum(Quorum value) {
      quorum = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Listens on a second port, whose clients are told to come to another one of this machine: of
     * something that forwards to the former, and can be told not to.
     */
    public Builder forwarded(int listening, int advertised) {
      forwarding = new Forwarding(listening, advertised);
      return this;
    }

    /** Sets a property of the broker; listeners, node id and log folders stay the devkit's. */
    public Builder property(String name, String value) {
      properties.put(name, value);
      return this;
    }

    /**
     * Starts the broker and returns when it serves.
     *
     * @throws DevkitException if a port or the folder can't be had, or a property is wrong; nothing
     *     is left behind then
     */
    public EmbeddedBroker start() {
      Path path = dataFolder;
      DataFolder folder = path == null ? DataFolder.temporary() : DataFolder.at(path);
      Quorum among = quorum;
      Forwarding forwarded = forwarding;
      BrokerSecurity secured = security;
      if (secured != null && forwarded != null) {
        folder.close();
        throw new DevkitException("A secured broker can't be forwarded; leave one of them out.");
      }
      try (BoundListeners listeners =
          new BoundListeners(
              port,
              among == null ? 0 : among.controllerPort(),
              forwarded == null ? null : forwarded.port())) {
        String cluster =
            clusterFor(folder, among == null ? BrokerProperties.NODE_ID : among.nodeId());
        Map<String, String> all =
            BrokerProperties.of(listeners, folder.logs(), among, forwarded, secured, properties);
        List<String> users = secured == null ? List.of() : secured.formatterUsers();
        KraftNode node = KraftNode.start(all, folder.logs(), cluster, listeners, users);
        return new EmbeddedBroker(folder, node, listeners.brokerPort(), cluster);
      } catch (Throwable e) {
        folder.close();
        throw explained(e, folder);
      }
    }

    private String clusterFor(DataFolder folder, int nodeId) {
      String held = folder.clusterId(nodeId);
      if (held == null) {
        return clusterId == null ? Uuid.randomUuid().toString() : clusterId;
      }
      if (clusterId != null && !clusterId.equals(held)) {
        throw new DevkitException(
            "The data folder %s holds the data of cluster %s, not of %s; give another folder."
                .formatted(folder.path(), held, clusterId));
      }
      return held;
    }

    private static DevkitException explained(Throwable e, DataFolder folder) {
      return switch (e) {
        case DevkitException own -> own;
        case ConfigException wrong ->
            new DevkitException("A broker property is wrong: " + wrong.getMessage(), wrong);
        default ->
            new DevkitException(
                "The embedded broker over %s did not start: %s".formatted(folder.path(), e), e);
      };
    }
  }
}
