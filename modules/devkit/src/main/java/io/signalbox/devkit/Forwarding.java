package io.signalbox.devkit;

/**
 * A second listener of a broker for clients that come by way of another port, for instance of
 * something that can cut their connections.
 *
 * @param port of the broker on 127.0.0.1
 * @param advertisedPort on 127.0.0.1 that its clients are told to come to
 */
record Forwarding(int port, int advertisedPort) {
  Forwarding {
    if (port < 1 || port > 65_535 || advertisedPort < 1 || advertisedPort > 65_535) {
      throw new DevkitException(
          "Ports of a forwarded listener must be 1 to 65535, not %d and %d."
              .formatted(port, advertisedPort));
    }
  }
}
