package io.signalbox.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong is said in one line, with an exit code to act on, and without a stack trace. */
final class BadInputIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @RegisterExtension static final SharedProcesses SHARED = new SharedProcesses();

  @TempDir static Path folder;

  private static Processes processes;

  @BeforeAll
  static void start() {
    processes = SHARED.processes();
  }

  @Test
  void aMalformedJobFileIsNamedWithItsLine() throws IOException {
    Path job = write("malformed.yaml", "tasks:\n  - {id: a, operation: x\n  - nonsense");
    assertComplaint(USAGE, "malformed.yaml:3", submit(job));
  }

  @Test
  void anUnknownKeyIsNamedWithItsLineAndASuggestion() throws IOException {
    Path job = write("typo.yaml", "tasks:\n  - {id: a, operation: x, wrok: 2}\n");
    assertComplaint(USAGE, "typo.yaml:2.*wrok.*work", submit(job));
  }

  @Test
  void anUnknownDeviceClassIsNamedWithItsLine() throws IOException {
    Path job = write("class.yaml", "tasks:\n  - {id: a, operation: x, classes: [abacus]}\n");
    assertComplaint(USAGE, "class.yaml:2.*abacus", submit(job));
  }

  @Test
  void aCycleIsNamed() throws IOException {
    Path job =
        write(
            "cycle.yaml",
            """
            tasks:
              - {id: a, operation: x, after: [c]}
              - {id: b, operation: x, after: [a]}
              - {id: c, operation: x, after: [b]}
            """);
    assertComplaint(USAGE, "cycle.*a -> ", submit(job));
  }

  @Test
  void aBrokerThatIsNotThereIsNamed() throws IOException {
    Path job = write("good.yaml", "tasks:\n  - {id: a, operation: x}\n");
    String nowhere = "127.0.0.1:" + Project.freePort();
    Launched submit =
        processes
            .program()
            .with("--bootstrap-servers", nowhere)
            .run(LIMIT, "submit", job.toString());
    assertComplaint(FAILED, nowhere, submit);
  }

  @Test
  void anEngineThatIsNotThereIsNamed() {
    String nowhere = "http://127.0.0.1:" + Project.freePort();
    Launched status = processes.program().with("--engine", nowhere).run(LIMIT, "status");
    assertComplaint(FAILED, nowhere, status);
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      String data = folder.resolve("unused").toString();
      Launched broker =
          processes.program().with().run(LIMIT, "up", "--broker-port", port, "--data", data);
      assertComplaint(FAILED, port, broker);
      Launched engine = processes.program().run(LIMIT, "up", "--http-port", port, "--data", data);
      assertComplaint(FAILED, port, engine);
    }
  }

  @Test
  void aWrongOptionIsNamed() {
    Launched submit = processes.program().with("--nonsense").run(LIMIT, "submit", "x.yaml");
    assertComplaint(USAGE, "--nonsense", submit);
  }

  @Test
  void whatTheReliabilityScriptDoesNotKnowIsNamedBeforeAnythingIsBuilt() throws IOException {
    assertComplaint(USAGE, "no 'nonsense'.*delivery", reliability("nonsense"));
    assertComplaint(USAGE, "scenario 'nonsense'.*standby", reliability("chaos", "short,nonsense"));
    assertComplaint(USAGE, "input 'nonsense'.*traces", reliability("fuzz", "10", "1", "nonsense"));
    assertComplaint(USAGE, "'many' is no number", reliability("delivery", "many"));
    assertComplaint(USAGE, "'-1' is no number", reliability("at-least-once", "10", "-1"));
    assertComplaint(USAGE, "'many' is no number", reliability("fuzz", "--broker", "many"));
    assertComplaint(USAGE, "'long' is no number", reliability("soak", "--broker", "long"));
  }

  /** A copy of the script where there is nothing to build. */
  private static Launched reliability(String... arguments) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String script : List.of("reliability", "find-jdk.sh")) {
      Path copy = bin.resolve(script);
      if (!Files.exists(copy)) {
        Files.copy(
            Project.root().resolve("bin").resolve(script),
            copy,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    List<String> command = new ArrayList<>(List.of(bin.resolve("reliability").toString()));
    command.addAll(List.of(arguments));
    return Launched.start("reliability", folder, Map.of(), command);
  }

  private static Launched submit(Path job) {
    return processes.program().run(LIMIT, "submit", job.toString());
  }

  private static void assertComplaint(int exitCode, String pattern, Launched command) {
    assertEquals(exitCode, command.awaitExit(LIMIT), command::report);
    List<String> said = command.err().stream().filter(line -> !line.isBlank()).toList();
    assertEquals(1, said.size(), command::report);
    String line = said.getFirst();
    assertTrue(line.matches(".*" + pattern + ".*"), command::report);
    assertFalse(line.matches(".*(\\bat [a-z]+\\.|[a-z]\\.[A-Z]\\w*Exception).*"), command::report);
    assertEquals(List.of(), command.out(), command::report);
  }

  private static Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
