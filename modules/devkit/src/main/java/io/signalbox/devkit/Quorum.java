package io.signalbox.devkit;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The place of a broker in a cluster of several: each node is broker and controller, on ports of
 * this machine that all of them know beforehand.
 *
 * @param nodeId of this node, one of the keys below
 * @param controllerPorts the controllers' ports on 127.0.0.1 by node id
 */
public record Quorum(int nodeId, Map<Integer, Integer> controllerPorts) {
  /** Takes the ports as they are now. */
  public Quorum {
    controllerPorts = Map.copyOf(controllerPorts);
    if (!controllerPorts.containsKey(nodeId)) {
      throw new DevkitException(
          "Node %d isn't among the nodes of its cluster, %s; name its controller's port."
              .formatted(nodeId, new TreeMap<>(controllerPorts)));
    }
    controllerPorts.forEach((node, port) -> {
      if (port < 1 || port > 65_535) {
        throw new DevkitException(
            "The port of node %d's controller must be 1 to 65535, not %d.".formatted(node, port));
      }
    });
  }

  /** The port of this node's controller. */
  int controllerPort() {
    return controllerPorts.getOrDefault(nodeId, 0);
  }

  /** What Kafka calls {@code controller.quorum.voters}. */
  String voters() {
    return new TreeMap<>(controllerPorts)
        .entrySet().stream()
            .map(node -> node.getKey() + "@" + Loopback.HOST + ":" + node.getValue())
            .collect(Collectors.joining(","));
  }
}
