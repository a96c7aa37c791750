package io.signalbox.devkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The broker's listening sockets, bound before the broker is configured.
 *
 * <p>A Kafka node must know its ports before it starts (the quorum names the controller's, clients
 * are told the broker's). Binding port 0 first and handing the open sockets over makes ephemeral
 * ports known without the race of asking for a free port and hoping that it stays free.
 */
final class BoundListeners implements ServerSocketFactory, AutoCloseable {
  static final String BROKER = "BROKER";
  static final String CONTROLLER = "CONTROLLER";

  /** A second listener of the broker, whose clients come by way of somebody who forwards them. */
  static final String FORWARDED = "FORWARDED";

  private final Map<String, ServerSocketChannel> sockets = new ConcurrentHashMap<>();
  private final int brokerPort;
  private final int controllerPort;

  /**
   * Binds all listeners.
   *
   * @param port the broker's port, 0 for any free one
   * @param controller the controller's port, 0 for any free one
   * @param forwarded the port of the second listener, null for none
   * @throws DevkitException if a port is taken
   */
  BoundListeners(int port, int controller, @Nullable Integer forwarded) {
    try {
      this.brokerPort = bind(BROKER, port);
      this.controllerPort = bind(CONTROLLER, controller);
      if (forwarded != null) {
        bind(FORWARDED, forwarded);
      }
    } catch (DevkitException e) {
      close();
      throw e;
    }
  }

  int brokerPort() {
    return brokerPort;
  }

  int controllerPort() {
    return controllerPort;
  }

  private int bind(String listener, int port) {
    try {
      ServerSocketChannel socket = Loopback.bind("broker", port);
      sockets.put(listener, socket);
      return ((InetSocketAddress) socket.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new DevkitException("Cannot listen on " + Loopback.HOST + ": " + e.getMessage(), e);
    }
  }

  /** Gives the socket bound for this listener to the broker, which closes it when it stops. */
  @Override
  public ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int backlog, int receiveBufferBytes)
      throws IOException {
    ServerSocketChannel socket = sockets.remove(listenerName);
    if (socket == null) {
      throw new IOException("No socket was bound for the listener " + listenerName);
    }
    if (receiveBufferBytes > 0) {
      socket.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
    }
    socket.configureBlocking(false);
    return socket;
  }

  /** Closes the sockets that nobody has taken. */
  @Override
  public void close() {
    sockets.values().forEach(Loopback::closeQuietly);
    sockets.clear();
  }
}
