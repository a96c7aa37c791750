package io.signalbox.e2e.chaos;

import io.signalbox.devkit.EmbeddedBroker;
import io.signalbox.devkit.Quorum;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A broker as a process of its own: {@code NODE PORT FORWARDED ADVERTISED FOLDER CLUSTER
 * NODE=CONTROLLER_PORT...}. It says {@code ready} when it serves, and runs until it is told to end.
 */
final class BrokerNode {
  private static final int FIRST_CONTROLLER = 6;

  private BrokerNode() {}

  public static void main(String[] args) throws InterruptedException {
    Map<Integer, Integer> controllers = new HashMap<>();
    for (int i = FIRST_CONTROLLER; i < args.length; i++) {
      String[] pair = args[i].split("=", 2);
      controllers.put(Integer.valueOf(pair[0]), Integer.valueOf(pair[1]));
    }
    EmbeddedBroker.Builder builder =
        EmbeddedBroker.builder()
            .port(Integer.parseInt(args[1]))
            .forwarded(Integer.parseInt(args[2]), Integer.parseInt(args[3]))
            .dataFolder(Path.of(args[4]))
            .clusterId(args[5])
            .quorum(new Quorum(Integer.parseInt(args[0]), controllers));
    replication(controllers.size()).forEach(builder::property);
    EmbeddedBroker broker = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
    System.out.println("ready");
    Thread.currentThread().join();
  }

  /** Every record on every broker; with three of them one may be gone. */
  private static Map<String, String> replication(int brokers) {
    String all = Integer.toString(brokers);
    String enough = Integer.toString(brokers / 2 + 1);
    return Map.of(
        "default.replication.factor", all,
        "min.insync.replicas", enough,
        "offsets.topic.replication.factor", all,
        "transaction.state.log.replication.factor", all,
        "transaction.state.log.min.isr", enough);
  }
}
