package io.signalbox.devkit;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of a broker for development: quick to start, quick to rebalance. */
final class BrokerProperties {
  static final int NODE_ID = 1;

  private static final Map<String, String> OPEN =
      Map.of(
          "listener.security.protocol.map",
          BoundListeners.BROKER
              + ":PLAINTEXT,"
              + BoundListeners.FORWARDED
              + ":PLAINTEXT,"
              + BoundListeners.CONTROLLER
              + ":PLAINTEXT");

  private BrokerProperties() {}

  /**
   * The broker's full configuration.
   *
   * @param quorum the node's place among others; null for a node alone
   * @param forwarding the second listener; null for none
   * @param security who may enter; null for everybody on this machine
   * @param extra what the user sets on top; it wins, except over the identity of the node
   */
  static Map<String, String> of(
      BoundListeners listeners,
      Path logs,
      @Nullable Quorum quorum,
      @Nullable Forwarding forwarding,
      @Nullable BrokerSecurity security,
      Map<String, String> extra) {
    Map<String, String> properties = new HashMap<>();
    properties.putAll(singleNodeTopics());
    properties.putAll(quickGroups());
    properties.putAll(smallAndQuick());
    properties.putAll(security == null ? OPEN : security.brokerProperties());
    properties.putAll(extra);
    properties.putAll(identity(listeners, logs));
    if (quorum != null) {
      properties.put("node.id", Integer.toString(quorum.nodeId()));
      properties.put("controller.quorum.voters", quorum.voters());
    }
    if (forwarding != null) {
      String name = "," + BoundListeners.FORWARDED + "://" + Loopback.HOST + ":";
      properties.merge("listeners", name + forwarding.port(), String::concat);
      properties.merge("advertised.listeners", name + forwarding.advertisedPort(), String::concat);
    }
    return properties;
  }

  private static Map<String, String> identity(BoundListeners listeners, Path logs) {
    String broker = BoundListeners.BROKER;
    String controller = BoundListeners.CONTROLLER;
    String brokerAddress = broker + "://" + Loopback.HOST + ":" + listeners.brokerPort();
    String controllerHost = Loopback.HOST + ":" + listeners.controllerPort();
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE_ID),
        "controller.quorum.voters",
        NODE_ID + "@" + controllerHost,
        "controller.listener.names",
        controller,
        "inter.broker.listener.name",
        broker,
        "listeners",
        brokerAddress + "," + controller + "://" + controllerHost,
        "advertised.listeners",
        brokerAddress,
        "log.dirs",
        logs.toString());
  }

  private static Map<String, String> singleNodeTopics() {
    return Map.ofEntries(
        Map.entry("offsets.topic.num.partitions", "1"),
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("transaction.state.log.num.partitions", "1"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.num.partitions", "1"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        // A topic made by a typo or by a producer that came first would have the wrong partitions.
        Map.entry("auto.create.topics.enable", "false"));
  }

  private static Map<String, String> quickGroups() {
    Map<String, String> properties = new HashMap<>();
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("group.min.session.timeout.ms", "1000");
    for (String protocol : new String[] {"consumer", "share", "streams"}) {
      String group = "group." + protocol + ".";
      properties.put(group + "heartbeat.interval.ms", "300");
      properties.put(group + "min.heartbeat.interval.ms", "100");
      properties.put(group + "assignment.interval.ms", "0");
      properties.put(group + "min.assignment.interval.ms", "0");
      properties.put(group + "min.session.timeout.ms", "1000");
    }
    return properties;
  }

  private static Map<String, String> smallAndQuick() {
    return Map.of(
        // Without it the next start over the same folder waits for the old session to time out.
        "controlled.shutdown.enable", "true",
        // After a kill it waits for that all the same, by default for nine seconds.
        "broker.session.timeout.ms", "4000",
        "broker.heartbeat.interval.ms", "500",
        "add.partitions.to.txn.retry.backoff.ms", "1",
        // An engine that was killed holds its readers back until its transaction is aborted.
        "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
        "log.cleaner.dedupe.buffer.size", "4194304",
        "num.network.threads", "1",
        "num.io.threads", "2");
  }
}
