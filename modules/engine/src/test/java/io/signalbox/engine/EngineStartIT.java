package io.signalbox.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.devkit.Devkit;
import io.signalbox.engine.settings.EngineSettings;
import io.signalbox.events.connection.Connection;
import io.signalbox.events.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that can't start say why. */
class EngineStartIT {
  private static Devkit devkit;

  @TempDir Path folder;

  @BeforeAll
  static void startBroker() {
    devkit = Devkit.start();
  }

  @AfterAll
  static void stopBroker() {
    devkit.close();
  }

  private static String error(EngineSettings settings) {
    return assertThrows(EngineException.class, () -> Engine.start(settings)).getMessage();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void brokerThatIsntThere() throws IOException {
    String address = "127.0.0.1:" + freePort();
    String error =
        error(
            TestSettings.of(
                Connection.of(address, devkit.schemaRegistryUrl()),
                folder,
                "startTimeoutSeconds",
                "2"));
    assertTrue(error.contains("no Kafka broker answers at " + address), error);
  }

  @Test
  void registryThatIsntThere() throws IOException {
    String url = "http://127.0.0.1:" + freePort();
    String error = error(TestSettings.of(Connection.of(devkit.bootstrapServers(), url), folder));
    assertTrue(error.contains("no schema registry answers at " + url), error);
  }

  @Test
  void portInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String error =
          error(
              TestSettings.of(devkit.connection(), folder, "http.port", "" + taken.getLocalPort()));
      assertTrue(error.contains(taken.getLocalPort() + " is in use"), error);
    }
  }

  @Test
  void stateFolderOfAnotherEngine() {
    EngineSettings settings = TestSettings.of(devkit.connection(), folder);
    try (Engine first = Engine.start(settings)) {
      assertTrue(error(settings).contains("in use by another engine"));
      assertEquals("RUNNING", first.state().name());
    }
  }

  @Test
  void topicsOfUnequalPartitionsAndMissingOnes() throws Exception {
    Connection connection = devkit.connection().withTopics(new Topics("odd."));
    String missing = error(TestSettings.of(connection, folder, "topics.create", "false"));
    assertTrue(missing.contains("odd.task-submitted"), missing);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", devkit.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("odd.control", 5, (short) 1),
                  new NewTopic("odd.task-events", 3, (short) 1)))
          .all()
          .get();
    }
    String error = error(TestSettings.of(connection, folder));
    assertTrue(
        error.contains("odd.control") && error.contains("5=") && error.contains("3="), error);
  }
}
