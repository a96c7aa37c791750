package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people are told when they ask wrongly, or ask for what isn't there. */
class CliTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void withoutACommandTheUsageIsShown() {
    Said said = Said.by();
    assertEquals(2, said.exitCode());
    assertTrue(said.err().contains("Usage: signalbox"), said.err());
    assertTrue(said.err().contains("worker"), "all commands are listed: " + said.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "up",
        "worker",
        "submit",
        "status",
        "explain",
        "watch",
        "cancel",
        "devices",
        "hotspots",
        "policy",
        "simulate",
        "topics",
        "acls",
        "tokens",
        "dead-letters"
      })
  void everyCommandHasHelpWithExamples(String command) {
    Said said = Said.by(command, "--help");
    assertEquals(0, said.exitCode(), said::err);
    assertTrue(said.out().contains("Examples:"), said.out());
    assertTrue(said.out().contains("--format"), said.out());
    assertTrue(said.out().contains("Exit code"), said.out());
  }

  @Test
  void anUnknownCommandIsNamed() {
    Said.by("sumbit", "x.yaml").failed(2, "there is no command 'sumbit'", "--help");
  }

  @Test
  void anUnknownOptionIsNamed() {
    Said.by("status", "--nope").failed(2, "--nope", "signalbox status --help");
  }

  @Test
  void aMissingParameterIsNamed() {
    Said.by("watch").failed(2, "JOB", "signalbox watch --help");
  }

  @Test
  void aFormatThatIsNoneIsAnsweredWithThoseThereAre() {
    Said.by("status", "--format", "xml").failed(2, "TEXT", "JSON");
  }

  @Test
  void aMissingFileIsNamed() {
    Said.by("submit", "nowhere.yaml").failed(2, "nowhere.yaml");
  }

  @Test
  void aMalformedJobFileIsNamedWithItsLine() throws IOException {
    Path file = write("job.yaml", "job: nightly\ntasks:\n  - id: [\n");
    Said.by("submit", file.toString()).failed(2, "job.yaml:");
  }

  @Test
  void aCycleIsNamed() throws IOException {
    Path file =
        write(
            "job.yaml",
            """
            job: nightly
            tasks:
              - {id: a, operation: x, after: [b]}
              - {id: b, operation: x, after: [a]}
            """);
    Said.by("submit", file.toString()).failed(2, "job.yaml:", "cycle");
  }

  @Test
  void anUnknownDeviceClassIsNamed() throws IOException {
    Path fleet = write("fleet.yaml", "devices:\n  - {id: q-0, class: quantum}\n");
    Said.by("demo", "--fleet", fleet.toString()).failed(2, "fleet.yaml:2", "quantum");
  }

  @Test
  void aTimeScaleMustBePositive() {
    Said.by("demo", "--time-scale", "0").failed(2, "--time-scale", "> 0");
  }

  @Test
  void aWrongSettingOfTheEngineIsNamed() {
    Said.by("up", "--set", "pool.leaseSecond=3").failed(2, "pool.leaseSecond");
  }

  @Test
  void aScheduleMustHaveAFolder() {
    Said.by("demo", "--schedule-out", folder.resolve("no/such/place.json").toString())
        .failed(2, "--schedule-out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch nightly", "cancel nightly", "topics", "worker"})
  void aBrokerThatIsNotThereIsNamed(String command) {
    String nobody = "127.0.0.1:1";
    Said.by((command + " --bootstrap-servers " + nobody).split(" "))
        .failed(1, "no Kafka broker answers at " + nobody, "./signalbox up", "--bootstrap-servers");
  }

  @Test
  void aBrokerWithoutAPortIsWrongUsage() {
    Said.by("topics", "--bootstrap-servers", "localhost").failed(2, "HOST:PORT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "status nightly",
        "devices",
        "hotspots",
        "explain nightly train",
        "policy",
        "policy --set stealRatio=1"
      })
  void anEngineThatIsNotThereIsNamed(String command) {
    Said.by((command + " --engine http://127.0.0.1:1").split(" "))
        .failed(1, "no engine answers at http://127.0.0.1:1", "./signalbox up", "--engine");
  }

  @Test
  void anEngineWithoutAUrlIsWrongUsage() {
    Said.by("status", "--engine", "file:/tmp").failed(2, "--engine");
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Said.by("up", "--no-engine", "--broker-port", port, "--data", folder.toString())
          .failed(1, port);
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
