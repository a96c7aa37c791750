package io.signalbox.cli.cluster;

import io.signalbox.cli.output.CommandFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks whether anything answers where a broker should be. Kafka's own clients try for minutes and
 * fill the log meanwhile; a refused connection is known at once.
 */
public final class BrokerProbe {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int MOST_BROKERS = 3;

  private BrokerProbe() {}

  /**
   * Returns when one of the brokers accepts a connection.
   *
   * @throws CommandFailure when none of the first three does, within two seconds each
   */
  public static void check(String bootstrapServers) {
    List<InetSocketAddress> brokers = parse(bootstrapServers);
    for (InetSocketAddress broker : brokers.subList(0, Math.min(MOST_BROKERS, brokers.size()))) {
      try (Socket socket = new Socket()) {
        socket.connect(broker, CONNECT_MILLIS);
        return;
      } catch (IOException e) {
        // The next one may answer.
      }
    }
    throw CommandFailure.failed(
        "no Kafka broker answers at "
            + bootstrapServers
            + ": start one with ./signalbox up, or name yours with --bootstrap-servers");
  }

  private static List<InetSocketAddress> parse(String bootstrapServers) {
    List<InetSocketAddress> brokers = new ArrayList<>();
    for (String server : bootstrapServers.split(",", -1)) {
      int colon = server.lastIndexOf(':');
      try {
        String host = server.strip().substring(0, colon).replaceAll("^\\[|]$", "");
        int port = Integer.parseInt(server.strip().substring(colon + 1));
        brokers.add(new InetSocketAddress(host, port));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw CommandFailure.usage(
            "--bootstrap-servers '" + bootstrapServers + "': expected HOST:PORT[,HOST:PORT...]");
      }
    }
    return brokers;
  }
}
