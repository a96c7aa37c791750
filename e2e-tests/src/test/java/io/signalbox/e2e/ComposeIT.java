package io.signalbox.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Our image and the compose file, as users run them: built, started, given a job, taken down. It
 * takes a minute or two and some hundred megabytes, so it runs when SIGNALBOX_COMPOSE_TEST=1.
 *
 * <p>SIGNALBOX_BASE_IMAGE, KAFKA_IMAGE and SIGNALBOX_REGISTRY_IMAGE name other images; without the
 * last one the development registry takes the registry's place.
 */
final class ComposeIT {
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(6);
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Path ROOT = Project.root();

  private final int kafkaPort = Project.freePort();
  private final int registryPort = Project.freePort();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void requireCompose() {
    assumeTrue(
        "1".equals(System.getenv("SIGNALBOX_COMPOSE_TEST")),
        "SIGNALBOX_COMPOSE_TEST=1 runs the test of the compose file");
    try (Launched version = docker("compose", "version")) {
      assumeTrue(version.awaitExit(LIMIT) == 0, "there is no docker compose");
    }
    environment.put("SIGNALBOX_IMAGE", "signalbox:e2e");
    environment.put("SIGNALBOX_KAFKA_PORT", Integer.toString(kafkaPort));
    environment.put("SIGNALBOX_REGISTRY_PORT", Integer.toString(registryPort));
    environment.put("SIGNALBOX_ENGINE_PORT", Integer.toString(Project.freePort()));
    environment.put("SIGNALBOX_TEST_CLASSES", Project.target().resolve("test-classes").toString());
    // The classic builder needs no plug-in and no registry.
    environment.put("DOCKER_BUILDKIT", "0");
  }

  @AfterEach
  void down() {
    if (!environment.isEmpty()) {
      try (Launched down = compose("down", "--volumes", "--timeout", "5")) {
        assertEquals(0, down.awaitExit(LIMIT), down::report);
      }
    }
  }

  @Test
  void theComposeFileRunsAJob() {
    String base = System.getenv().getOrDefault("SIGNALBOX_BASE_IMAGE", "eclipse-temurin:25-jre");
    long begun = System.nanoTime();
    finish(
        BUILD_LIMIT,
        docker(
            "build",
            "-q",
            "-f",
            "docker/Dockerfile",
            "--build-arg",
            "BASE_IMAGE=" + base,
            "-t",
            "signalbox:e2e",
            "."));
    Project.measured("the image is built", (System.nanoTime() - begun) / 1e9);

    begun = System.nanoTime();
    up();
    Project.measured("all services are healthy", (System.nanoTime() - begun) / 1e9);

    begun = System.nanoTime();
    Program program =
        new Program(
            Project.target().resolve("compose-home"),
            "--bootstrap-servers",
            "127.0.0.1:" + kafkaPort,
            "--schema-registry",
            "http://127.0.0.1:" + registryPort);
    finish(
        LIMIT,
        program.start(
            "submit", ROOT.resolve("config/jobs/multimodal-qa.yaml").toString(), "--follow"));
    Project.measured("the sample job set is done", (System.nanoTime() - begun) / 1e9);
  }

  /** Starts everything and returns when it is healthy; a failure says what the services said. */
  private void up() {
    try (Launched up = compose("up", "--detach", "--no-build", "--wait")) {
      if (up.awaitExit(LIMIT) != 0) {
        try (Launched logs = compose("logs", "--no-color", "--tail", "20")) {
          logs.awaitExit(LIMIT);
          throw new AssertionError(up.report() + "\n" + logs.report());
        }
      }
    }
  }

  private Launched compose(String... arguments) {
    List<String> command = new ArrayList<>(List.of("compose", "-f", "docker/compose.yaml"));
    if (System.getenv("SIGNALBOX_REGISTRY_IMAGE") == null) {
      command.addAll(List.of("-f", "e2e-tests/src/test/docker/compose.stand-in-registry.yaml"));
    }
    command.addAll(List.of("-p", "signalbox-e2e"));
    command.addAll(List.of(arguments));
    return docker(command.toArray(String[]::new));
  }

  private Launched docker(String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    return Launched.start("docker " + arguments[0], ROOT, environment, command);
  }

  private static void finish(Duration limit, Launched process) {
    try (process) {
      assertEquals(0, process.awaitExit(limit), process::report);
    }
  }
}
