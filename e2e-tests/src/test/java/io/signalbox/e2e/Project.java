package io.signalbox.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** Where the project is, and what of the machine its tests may use. */
public final class Project {
  private Project() {}

  /** The folder of the root pom.xml. */
  public static Path root() {
    return Path.of(System.getProperty("signalbox.root", "..")).toAbsolutePath().normalize();
  }

  /** A folder for what a test writes. */
  public static Path target() {
    return root().resolve("e2e-tests").resolve("target");
  }

  /** A port of the loopback interface that nobody listened on a moment ago. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Prints what a test measured, where people see it in the build's log. */
  public static void measured(String what, double seconds) {
    System.out.printf("measured: %s: %.1f s%n", what, seconds);
  }
}
