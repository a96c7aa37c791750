package io.signalbox.devkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.events.topic.TopicReadiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several brokers that are one cluster; about fifteen seconds where others work, too. */
class QuorumIT {
  private static final int NODES = 3;

  @Test
  void recordsOutliveABroker(@TempDir Path folder) throws Exception {
    List<EmbeddedBroker> brokers = start(folder);
    try {
      Records records = new Records(brokers.getLast().bootstrapServers());
      create(records, "shared");
      records.write("shared", "before");
      brokers.getFirst().close();
      records.write("shared", "after");
      assertEquals(List.of("before", "after"), records.readCommitted("shared"));
    } finally {
      brokers.reversed().forEach(EmbeddedBroker::close);
    }
  }

  @Test
  void clientsOfTheForwardedListenerAreToldToComeThatWay(@TempDir Path folder) {
    int listening = freePort();
    int advertised = freePort();
    try (BoundListeners listeners = new BoundListeners(0, 0, listening)) {
      Map<String, String> properties =
          BrokerProperties.of(
              listeners, folder, null, new Forwarding(listening, advertised), null, Map.of());
      String own = "BROKER://127.0.0.1:" + listeners.brokerPort();
      assertEquals(
          own + ",FORWARDED://127.0.0.1:" + advertised, properties.get("advertised.listeners"));
      String all = properties.getOrDefault("listeners", "");
      assertTrue(all.endsWith(",FORWARDED://127.0.0.1:" + listening), all);
    }
  }

  @Test
  void nodeMustBeAmongTheNodes() {
    String error =
        assertThrows(DevkitException.class, () -> new Quorum(4, Map.of(1, 9093))).getMessage();
    assertTrue(error.contains("Node 4"), error);
  }

  private static List<EmbeddedBroker> start(Path folder) throws Exception {
    Map<Integer, Integer> controllers = new HashMap<>();
    for (int node = 1; node <= NODES; node++) {
      controllers.put(node, freePort());
    }
    String cluster = Uuid.randomUuid().toString();
    List<EmbeddedBroker> brokers = new ArrayList<>();
    // Each waits until most of the others are there.
    try (ExecutorService threads = Executors.newFixedThreadPool(NODES)) {
      List<Future<EmbeddedBroker>> started = new ArrayList<>();
      for (int node : controllers.keySet()) {
        started.add(
            threads.submit(() ->
                EmbeddedBroker.builder()
                    .quorum(new Quorum(node, controllers))
                    .clusterId(cluster)
                    .dataFolder(folder.resolve("node-" + node))
                    // The last ones to close have nobody left to hand over to.
                    .property("controlled.shutdown.enable", "false")
                    .property("offsets.topic.replication.factor", "3")
                    .property("min.insync.replicas", "2")
                    .start()));
      }
      for (Future<EmbeddedBroker> broker : started) {
        brokers.add(broker.get());
      }
    }
    return brokers;
  }

  private static void create(Records records, String topic) throws Exception {
    try (Admin admin = records.admin()) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) NODES))).all().get();
      TopicReadiness.await(admin, List.of(topic), Duration.ofSeconds(60));
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
