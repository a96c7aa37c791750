package io.signalbox.devkit;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract held to a real registry; the Maven profile {@code apicurio} fetches and runs it.
 *
 * <p>Apicurio 3.3.3 differs from Confluent's published contract in the status of some errors
 * (below) and in these, which the embedded registry answers as Confluent does: an impossible
 * version is 40402 instead of 42202, a level that isn't set on a subject 40401 instead of 40408,
 * and its default level is NONE.
 */
class ApicurioRegistryContractIT extends RegistryContract {
  private static final long START_LIMIT_SECONDS = 180;

  private static Process server;
  private static RegistryCalls calls;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    int port = freePort();
    Path output = folder.resolve("output.txt");
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-jar",
                runner().toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    calls = new RegistryCalls("http://127.0.0.1:" + port + "/apis/ccompat/v7");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
    while (!answers()) {
      if (server.waitFor(200, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline >= 0) {
        server.destroyForcibly();
        fail("Apicurio did not start:\n" + Files.readString(output));
      }
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    calls.close();
    server.destroyForcibly().waitFor();
  }

  @Override
  RegistryCalls registry() {
    return calls;
  }

  @Override
  int statusOf(int errorCode) {
    // A deletion at the wrong moment is a conflict here; to Confluent it is not found.
    return errorCode >= 40404 && errorCode <= 40407 ? 409 : super.statusOf(errorCode);
  }

  private static boolean answers() {
    try {
      return calls.get("/subjects").status() == 200;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static Path runner() throws IOException {
    Path home = Path.of(System.getProperty("apicurio.home"));
    try (var files = Files.walk(home, 3)) {
      return files
          .filter(file -> file.endsWith("quarkus-run.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("No quarkus-run.jar under " + home));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocketChannel socket = Loopback.bind("registry", 0)) {
      return socket.socket().getLocalPort();
    }
  }
}
