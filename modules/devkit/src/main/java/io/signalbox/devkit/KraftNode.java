package io.signalbox.devkit;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.slf4j.LoggerFactory;

/** Controller and broker of a node of a KRaft cluster, in this process. */
final class KraftNode implements AutoCloseable {
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(10);

  private final Metrics metrics;
  private final ControllerServer controller;
  private final BrokerServer broker;

  private KraftNode(KafkaConfig config, BoundListeners listeners, String clusterId) {
    var logs =
        KafkaRaftServer.initializeLogDirs(
            config, LoggerFactory.getLogger(KraftNode.class), "[KRaft] ");
    this.metrics = Server.initializeMetrics(config, Time.SYSTEM, clusterId);
    SharedServer shared =
        new SharedServer(
            config,
            logs._1(),
            Time.SYSTEM,
            metrics,
            CompletableFuture.completedFuture(
                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
            new LoggedFaults(),
            listeners);
    this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), logs._2());
    this.broker = new BrokerServer(shared);
  }

  /**
   * Formats new logs, keeps formatted ones, and starts the node; returns when it serves.
   *
   * @param users those that new logs begin with, as Kafka's formatter takes them
   */
  static KraftNode start(
      Map<String, String> properties,
      Path logs,
      String clusterId,
      BoundListeners listeners,
      List<String> users)
      throws Exception {
    KafkaConfig config = new KafkaConfig(properties, false);
    format(config.nodeId(), logs, clusterId, users);
    KraftNode node = new KraftNode(config, listeners, clusterId);
    try {
      node.controller.startup();
      node.broker.startup();
      return node;
    } catch (Throwable e) {
      Loopback.closeQuietly(node);
      throw e;
    }
  }

  private static void format(int nodeId, Path logs, String clusterId, List<String> users)
      throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(clusterId)
        .setNodeId(nodeId)
        .setControllerListenerName(BoundListeners.CONTROLLER)
        .setDirectories(List.of(logs.toString()))
        .setMetadataLogDirectory(logs.toString())
        .setIgnoreFormatted(true)
        .setScramArguments(users)
        .run();
  }

  @Override
  public void close() {
    try {
      broker.shutdown(SHUTDOWN_LIMIT);
    } finally {
      try {
        controller.shutdown();
      } finally {
        metrics.close();
      }
    }
  }
}
