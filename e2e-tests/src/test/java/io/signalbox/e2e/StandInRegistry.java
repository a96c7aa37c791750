package io.signalbox.e2e;

import io.signalbox.devkit.EmbeddedRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * The development registry in a container of its own. That registry listens on the loopback
 * interface only, on purpose; this program hands on what comes from the container's network.
 */
final class StandInRegistry {
  private StandInRegistry() {}

  /** Runs until it is killed: {@code BOOTSTRAP_SERVERS PORT}. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[1]);
    InetAddress own = InetAddress.getLocalHost();
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(args[0], port);
        ServerSocket server = new ServerSocket()) {
      server.bind(new InetSocketAddress(own, port));
      System.out.println("registry at " + own.getHostAddress() + ":" + port);
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> forward(client, registry.port()));
      }
    }
  }

  private static void forward(Socket client, int port) {
    try (client;
        Socket registry = new Socket(InetAddress.getLoopbackAddress(), port)) {
      Thread answers = Thread.ofVirtual().start(() -> copy(registry, client));
      copy(client, registry);
      answers.join();
    } catch (IOException e) {
      System.err.println(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Copies until the source ends, and tells the sink so. */
  private static void copy(Socket source, Socket sink) {
    try {
      InputStream in = source.getInputStream();
      OutputStream out = sink.getOutputStream();
      in.transferTo(out);
      sink.shutdownOutput();
    } catch (IOException e) {
      // One of the two has hung up.
    }
  }
}
