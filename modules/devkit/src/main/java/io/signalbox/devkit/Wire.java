package io.signalbox.devkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between clients and a broker, which can be cut: connections stay, and nothing comes
 * through, as when a cable is pulled. When it is mended what was sent meanwhile arrives. The broker
 * must know of it: {@link EmbeddedBroker.Builder#forwarded}.
 */
public final class Wire implements AutoCloseable {
  private static final int BUFFER_BYTES = 65_536;

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Object gate = new Object();
  private boolean cut;

  private Wire(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** A wire from a port of its own to the target's, both on the loopback interface. */
  public static Wire to(int targetPort) {
    try {
      Wire wire = new Wire(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), targetPort);
      Thread.ofVirtual().start(wire::accept);
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients find it. */
  public int port() {
    return server.getLocalPort();
  }

  /** Lets nothing through from now on. */
  public void cut() {
    synchronized (gate) {
      cut = true;
    }
  }

  /** Lets all through again, what has come meanwhile first. */
  public void mend() {
    synchronized (gate) {
      cut = false;
      gate.notifyAll();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> forward(client));
      } catch (IOException e) {
        // Closed: nobody comes any more.
      }
    }
  }

  private void forward(Socket client) {
    try (client;
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(broker);
      Thread answers = Thread.ofVirtual().start(() -> copy(broker, client));
      copy(client, broker);
      answers.join();
      open.remove(broker);
    } catch (IOException e) {
      // The broker is gone, and so its client is told.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private void copy(Socket source, Socket sink) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = source.getInputStream();
      OutputStream out = sink.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        awaitMended();
        out.write(buffer, 0, length);
      }
      sink.shutdownOutput();
    } catch (IOException e) {
      close(source);
      close(sink);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitMended() throws InterruptedException {
    synchronized (gate) {
      while (cut) {
        gate.wait();
      }
    }
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is of no use any more either way.
    }
  }

  @Override
  public void close() {
    close(server);
    open.forEach(Wire::close);
    mend();
  }
}
