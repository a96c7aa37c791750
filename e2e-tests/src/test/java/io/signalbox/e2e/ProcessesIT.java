package io.signalbox.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.client.SignalboxClient;
import io.signalbox.events.JobEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Broker, engine, fleets and commands in processes of their own, some of which die. */
final class ProcessesIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String NEXT_START = "\"type\":\"TASK_STARTED\",\"at\":\"([^\"]+)\"";

  /** What a JVM says when SIGTERM ended it, after all that it does at its end. */
  private static final int TERMINATED = 143;

  @RegisterExtension static final SharedProcesses SHARED = new SharedProcesses();

  @TempDir static Path folder;

  private static Processes processes;

  @BeforeAll
  static void start() {
    processes = SHARED.processes();
  }

  @Test
  void aKilledEngineAndAKilledFleetLoseNothing() throws IOException {
    List<String> tasks = IntStream.rangeClosed(1, 150).mapToObj(i -> "t" + i).toList();
    Path job = write("survivor.yaml", layers("survivor", tasks, 10));
    try (Launched staying = fleet("staying");
        Launched dying = fleet("dying")) {
      Launched submitted = processes.program().run(LIMIT, "submit", job.toString());
      assertEquals(0, submitted.awaitExit(LIMIT), submitted::report);
      try (Launched watch = watch("survivor")) {
        watch.awaitLine("\"succeeded\":30,", LIMIT);
        processes.killEngine();
        Instant restarted = Instant.now();
        processes.startEngine();
        measureNextStart(watch, restarted);
        dying.kill();
        assertEquals(0, watch.awaitExit(LIMIT), watch::report);
      }
      assertTrue(staying.isAlive(), staying::report);
      assertEquals(TERMINATED, staying.stop(LIMIT), staying::report);
    }
    try (SignalboxClient client = SignalboxClient.connect(processes.connection())) {
      List<JobEvent> events = client.follow("default", "survivor").collectList().block(LIMIT);
      new Outcome(events).assertSucceeded(tasks);
    }
    assertStatusShowsSuccess("survivor");
  }

  /** The engine's API knows the job after the restart. */
  private static void assertStatusShowsSuccess(String job) throws IOException {
    try (Launched status =
        processes
            .program()
            .with("--engine", processes.engineUrl(), "--format", "json")
            .start("status", job)) {
      assertEquals(0, status.awaitExit(LIMIT), status::report);
      JsonNode shown = new ObjectMapper().readTree(String.join("\n", status.out()));
      assertEquals("SUCCEEDED", shown.findValue("state").asText(), status::report);
    }
  }

  /** The first task that started after the engine was started again, by the engine's clock. */
  private static void measureNextStart(Launched watch, Instant restarted) {
    int from = 0;
    while (true) {
      Instant at = Instant.parse(watch.awaitLine(NEXT_START, from, LIMIT).group(1));
      if (at.isAfter(restarted)) {
        Project.measured(
            "engine killed with kill -9, from its new start to the next task's start",
            Duration.between(restarted, at).toMillis() / 1e3);
        return;
      }
      from = indexAfter(watch.out(), at);
    }
  }

  private static int indexAfter(List<String> lines, Instant at) {
    return IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).contains("\"TASK_STARTED\",\"at\":\"" + at))
            .max()
            .orElseThrow()
        + 1;
  }

  private static Launched watch(String job) {
    return processes.program().start("watch", job, "--format", "json");
  }

  /** Four devices in a process of their own. */
  private static Launched fleet(String name) throws IOException {
    String devices =
        IntStream.rangeClosed(1, 4)
            .mapToObj(i -> "  - {id: " + name + "-" + i + ", class: cpu}\n")
            .collect(Collectors.joining());
    Path file = write(name + ".yaml", "devices:\n" + devices);
    Launched fleet =
        processes.program().start("worker", "--fleet", file.toString(), "--format", "json");
    fleet.awaitLine("\"ready\":true", LIMIT);
    return fleet;
  }

  /** A job of layers: each task waits for one of the layer before. */
  private static String layers(String job, List<String> tasks, int width) {
    StringBuilder yaml = new StringBuilder("job: " + job + "\ntasks:\n");
    for (int i = 0; i < tasks.size(); i++) {
      yaml.append("  - {id: ").append(tasks.get(i)).append(", operation: step, work: 0.3");
      if (i >= width) {
        yaml.append(", after: [").append(tasks.get(i - width)).append(']');
      }
      yaml.append("}\n");
    }
    return yaml.toString();
  }

  private static Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
