package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateTest {
  private static final List<String> KEYS =
      List.of(
          "workflow",
          "policy",
          "seed",
          "tasks",
          "makespanSeconds",
          "lowerBoundSeconds",
          "ratio",
          "meanResponseSeconds",
          "meanWaitSeconds",
          "utilisation",
          "energyJoules",
          "deadlineMisses",
          "attempts",
          "copies",
          "decisions",
          "microsPerDecision");

  @TempDir private Path folder = Path.of("");
  private Path jobs = Path.of("");
  private Path fleet = Path.of("");
  private Path speeds = Path.of("");

  @BeforeEach
  void writeFiles() throws IOException {
    jobs =
        Files.writeString(
            folder.resolve("two-steps.yaml"),
            """
            job: two-steps
            tasks:
              - {id: a, operation: ocr, work: 8}
              - {id: b, operation: ocr, work: 16, after: [a]}
            """);
    fleet =
        Files.writeString(
            folder.resolve("fleet.json"),
            """
            {"devices": [{"id": "cpu-0", "class": "cpu", "slots": 1},
                         {"id": "gpu-0", "class": "nvidia-a100", "slots": 1}]}
            """);
    speeds =
        Files.writeString(
            folder.resolve("speeds.json"),
            """
            {"default": {"cpu": 1, "nvidia-a100": 8}}
            """);
  }

  private Said simulate(String... more) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("simulate", jobs.toString()));
    args.addAll(List.of("--fleet", fleet.toString(), "--speeds", speeds.toString()));
    args.addAll(List.of(more));
    return Said.by(args.toArray(String[]::new));
  }

  @Test
  void jsonIsOneObjectPerPolicyWithEveryFigure() throws IOException {
    Said said = simulate("--policy", "late,fifo", "--seed", "7", "--format", "json");
    assertEquals(0, said.exitCode(), said::err);
    JsonNode reports = new ObjectMapper().readTree(said.out());
    assertEquals(2, reports.size());
    List<String> keys = new ArrayList<>();
    reports.get(0).fieldNames().forEachRemaining(keys::add);
    assertEquals(KEYS, keys);
    assertEquals("two-steps", reports.get(0).get("workflow").asText());
    assertEquals("late", reports.get(0).get("policy").asText());
    assertEquals(7, reports.get(0).get("seed").asLong());
    assertEquals(3, reports.get(0).get("makespanSeconds").asDouble(), 1e-9);
    assertEquals(1, reports.get(0).get("ratio").asDouble(), 1e-6);
    assertEquals(1, reports.get(0).get("utilisation").get("nvidia-a100").asDouble(), 1e-9);
    // First in, first out takes the CPU for both: it stands first, and is idle.
    assertEquals(24, reports.get(1).get("makespanSeconds").asDouble(), 1e-9);
  }

  @Test
  void whatTheSchedulerMustLearnItDoesNotKnowAtFirst() throws IOException {
    // By throughput the A100 is 208 times as fast, by the speeds file 8 times as slow.
    Files.writeString(speeds, "{\"default\": {\"cpu\": 8, \"nvidia-a100\": 1}}");
    Said known = simulate("--policy", "late", "--format", "json");
    Said learned = simulate("--policy", "late", "--format", "json", "--learn");
    ObjectMapper mapper = new ObjectMapper();
    assertEquals(
        3, mapper.readTree(known.out()).get(0).get("makespanSeconds").asDouble(), 1e-9, known::err);
    assertTrue(
        mapper.readTree(learned.out()).get(0).get("makespanSeconds").asDouble() > 8, learned::out);
  }

  @Test
  void peopleReadATableAndGeometricMeans() {
    Said said = simulate("--policy", "heft,fifo");
    assertEquals(0, said.exitCode(), said::err);
    assertTrue(said.out().startsWith("WORKFLOW"), said.out());
    assertTrue(
        said.out().contains("geometric mean of the ratios: heft 1.000, fifo 8.000"), said.out());
  }

  @Test
  void theScheduleNamesPlaceAndTimeOfEveryTask() throws IOException {
    Path out = folder.resolve("schedule.json");
    Said said = simulate("--policy", "late", "--schedule-out", out.toString());
    assertEquals(0, said.exitCode(), said::err);
    JsonNode tasks = new ObjectMapper().readTree(out.toFile()).get(0).get("tasks");
    assertEquals(2, tasks.size());
    assertEquals("b", tasks.get(1).get("task").asText());
    assertEquals("gpu-0", tasks.get(1).get("device").asText());
    assertEquals(1, tasks.get(1).get("startSeconds").asDouble(), 1e-9);
  }

  @Test
  void wrongUsageIsNamedWithWhatWouldBeRight() {
    simulate("--policy", "late,best").failed(2, "'best'", "heft, cpop, peft", "fifo");
    simulate("--stragglers", "often").failed(2, "--stragglers", "0.02:5");
    simulate("--stragglers", "2:5").failed(2, "probability", "0 to 1");
    simulate("--noise", "-1").failed(2, "noise", ">= 0");
    Said.by("simulate").failed(2, "WORKFLOW", "signalbox simulate --help");
    Said.by("simulate", folder.resolve("none.yaml").toString()).failed(2, "none.yaml");
  }

  @Test
  void aScheduleThatCannotBeWrittenIsAFailure() {
    simulate("--schedule-out", folder.resolve("no/such/folder.json").toString())
        .failed(1, "can't be written", "folder.json");
  }
}
