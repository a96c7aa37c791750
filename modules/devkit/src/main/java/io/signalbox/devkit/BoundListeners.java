package io.signalbox.devkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The broker's two listening sockets, bound before the broker is configured.
 *
 * <p>A Kafka node must know its ports before it starts (the quorum names the controller's, clients
 * are told the broker's). Binding port 0 first and handing the open sockets over makes ephemeral
 * ports known without the race of asking for a free port and hoping that it stays free.
 */
final class BoundListeners implements ServerSocketFactory, AutoCloseable {
  static final String BROKER = "BROKER";
  static final String CONTROLLER = "CONTROLLER";

  private final Map<String, ServerSocketChannel> sockets = new ConcurrentHashMap<>();
  private final int brokerPort;
  private final int controllerPort;

  /**
   * Binds both listeners.
   *
   * @param port the broker's port, 0 for any free one
   * @throws DevkitException if the port is taken
   */
  BoundListeners(int port) {
    try {
      this.brokerPort = bind(BROKER, port);
      this.controllerPort = bind(CONTROLLER, 0);
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
