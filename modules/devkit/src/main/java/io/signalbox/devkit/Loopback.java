package io.signalbox.devkit;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds server sockets on the loopback address: nothing the devkit starts is reachable remotely.
 */
final class Loopback {
  static final String HOST = "127.0.0.1";

  private static final Logger log = LoggerFactory.getLogger(Loopback.class);

  private Loopback() {}

  static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(HOST), port);
  }

  /**
   * Binds a port, 0 for any free one.
   *
   * @throws DevkitException if another process listens there
   */
  static ServerSocketChannel bind(String what, int port) throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open();
    try {
      socket.bind(address(port));
      return socket;
    } catch (BindException e) {
      closeQuietly(socket);
      throw portInUse(what, port, e);
    } catch (IOException e) {
      closeQuietly(socket);
      throw e;
    }
  }

  static DevkitException portInUse(String what, int port, BindException cause) {
    return new DevkitException(
        "Port %d on %s is not free for the %s (%s). Stop what listens there or choose another port; 0 takes any free one."
            .formatted(port, HOST, what, cause.getMessage()),
        cause);
  }

  static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      log.warn("Could not close {}", resource, e);
    }
  }
}
