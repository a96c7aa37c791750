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
          "rejected",
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
  void optionsOfPlacementAreTriedInVirtualTime() throws IOException {
    double planned = makespan("--set", "priority.agingSeconds=300");
    assertEquals(planned, makespan("--speculation", "auto"), "that is the default");
    assertTrue(makespan("--set", "plan.mostTasks=0") > planned, "without a plan it takes longer");
  }

  private static double makespan(String... more) throws IOException {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("simulate", "generated:layered:60:1", "--policy", "plb"));
    args.addAll(List.of("--format", "json"));
    args.addAll(List.of(more));
    return new ObjectMapper()
        .readTree(Said.by(args.toArray(String[]::new)).out())
        .at("/0/makespanSeconds")
        .asDouble();
  }

  @Test
  void optionOfPlacementThatCantBeIsWrongUsage() {
    simulate("--set", "stealRatio=2").failed(2, "stealRatio must be a number from 0 to 1, is '2'");
    simulate("--set", "steal=1").failed(2, "no placement option 'steal'", "stealRatio");
    simulate("--set", "policy=late").failed(2, "--policy names the policies");
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
  void stragglersGetCopiesWhereItIsAskedFor() throws IOException {
    String[] rough = {
      "generated:fork-join:50:3", "--policy", "late", "--stragglers", "0.3:20", "--format", "json"
    };
    ObjectMapper mapper = new ObjectMapper();
    for (String mode : List.of("on", "off", "auto")) {
      List<String> options = new ArrayList<>(List.of(rough));
      options.addAll(List.of("--speculation", mode));
      Said said = simulate(options.toArray(String[]::new));
      assertEquals(0, said.exitCode(), said::err);
      int copies = mapper.readTree(said.out()).get(1).get("copies").asInt();
      assertEquals(mode.equals("on"), copies > 0, mode);
    }
    assertEquals(2, simulate("--speculation", "sometimes").exitCode());
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
  void peopleReadATableThatFitsTheirTerminalAndGeometricMeans() {
    Said said = simulate("generated:fork-join:50:3", "--policy", "heft,plb,fifo", "--seed", "1,2");
    assertEquals(0, said.exitCode(), said::err);
    List<String> lines = said.out().lines().toList();
    assertTrue(lines.getFirst().startsWith("POLICY"), said.out());
    assertEquals("two-steps: 2 tasks, no schedule beats 3.0 s", lines.get(1));
    assertTrue(lines.get(8).startsWith("fork-join-50-3: 50 tasks"), said.out());
    lines.forEach(line -> assertTrue(line.length() <= 120, line));
    assertTrue(said.out().contains("per cent of the time of cpu / nvidia-a100"), said.out());
    List<String> means = lines.subList(lines.size() - 4, lines.size());
    assertTrue(means.getFirst().contains("GEOMETRIC MEAN OF RATIOS"), said.out());
    assertTrue(means.get(1).startsWith("heft") && means.get(1).endsWith("  4"), said.out());
  }

  @Test
  void severalSeedsAreSeveralRunsInOrder() throws IOException {
    Said said =
        simulate(
            "--policy", "late,random", "--seed", "3,1,3", "--noise", "0.5", "--format", "json");
    List<String> runs = new ArrayList<>();
    for (JsonNode report : new ObjectMapper().readTree(said.out())) {
      runs.add(report.get("policy").asText() + report.get("seed").asLong());
    }
    assertEquals(List.of("late3", "late1", "random3", "random1"), runs);
  }

  @Test
  void jobsArriveAtARate() throws IOException {
    JsonNode report =
        only(
            simulate(
                "--policy",
                "fifo",
                "--arrivals",
                "poisson:0.001",
                "--jobs",
                "40",
                "--format",
                "json"));
    assertEquals(80, report.get("tasks").asInt());
    // About a job every 1000 s, each of 3 s or 24 s.
    assertTrue(report.get("makespanSeconds").asDouble() > 20_000, report::toString);
    assertTrue(report.get("ratio").asDouble() < 1.01, report::toString);
  }

  @Test
  void jobsArriveAsATraceSays() throws IOException {
    Path trace =
        Files.writeString(
            folder.resolve("trace.csv"),
            "TIMESTAMP,ContextTokens,GeneratedTokens\n10,1000,50\n17,10,1\n100,1,1\n");
    String[] args = {"--policy", "late", "--arrivals", trace.toString(), "--jobs", "2"};
    JsonNode ofWorkflow = only(simulate(with(List.of(args), "--format", "json")));
    assertEquals("two-steps", ofWorkflow.get("workflow").asText());
    assertEquals(7 + 3, ofWorkflow.get("makespanSeconds").asDouble(), 1e-9);
    List<String> alone = new ArrayList<>(List.of("simulate", "--fleet", fleet.toString()));
    alone.addAll(List.of("--speeds", speeds.toString()));
    alone.addAll(List.of(args));
    JsonNode ofRequests = only(Said.by(with(alone, "--format", "json")));
    assertEquals("trace", ofRequests.get("workflow").asText());
    assertEquals(4, ofRequests.get("tasks").asInt());
  }

  @Test
  void lostDevicesCostTheirAttempts() throws IOException {
    JsonNode report =
        only(simulate("--policy", "late", "--lose", "gpu-0@2:10", "--format", "json"));
    assertEquals(3, report.get("attempts").asInt());
    assertEquals(0, report.get("copies").asInt());
    assertTrue(report.get("makespanSeconds").asDouble() > 10, report::toString);
    simulate("--policy", "late", "--lose", "gpu-0@2", "--lose", "cpu-0@1")
        .failed(1, "'late' leaves 1 of 2 tasks of two-steps waiting for ever", "no device is left");
  }

  private JsonNode only(Said said) throws IOException {
    assertEquals(0, said.exitCode(), said::err);
    JsonNode reports = new ObjectMapper().readTree(said.out());
    assertEquals(1, reports.size());
    return reports.get(0);
  }

  private static String[] with(List<String> args, String... more) {
    List<String> all = new ArrayList<>(args);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
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
  void aChartIsDrawnForEveryRun() throws IOException {
    Path only = folder.resolve("only.svg");
    assertEquals(0, simulate("--policy", "late", "--gantt", only.toString()).exitCode());
    assertTrue(Files.readString(only).startsWith("<svg xmlns"));
    String gantt = folder.resolve("run.svg").toString();
    Said said = simulate("--policy", "late,fifo", "--seed", "7,8", "--gantt", gantt);
    assertEquals(0, said.exitCode(), said::err);
    for (String run : List.of("late-7", "late-8", "fifo-7", "fifo-8")) {
      assertTrue(Files.exists(folder.resolve("run-two-steps-" + run + ".svg")), run);
    }
    simulate("--gantt", folder.resolve("no/such/folder.svg").toString(), "--policy", "late")
        .failed(1, "chart can't be written", "folder.svg");
  }

  @Test
  void lifeOfATaskIsToldForEachRun() throws IOException {
    Said said = simulate("--policy", "late,fifo", "--explain", "b");
    assertEquals(0, said.exitCode(), said::err);
    assertTrue(said.out().contains("two-steps, late, seed 1: task two-steps/b\n"), said.out());
    assertTrue(said.out().contains("  after 1.0 s\n    Task 'two-steps/b' has"), said.out());
    assertTrue(said.out().contains("- cpu-0 (cpu): starts"), said.out());
    assertTrue(said.out().contains("two-steps, fifo, seed 1: task two-steps/b\n"), said.out());
    Said json = simulate("--policy", "late", "--explain", "two-steps/b", "--format", "json");
    JsonNode moments = new ObjectMapper().readTree(json.out()).get(0).get("explanation");
    assertEquals("PLACED", moments.at("/0/event").asText(), json::out);
    assertEquals(1, moments.at("/0/atSeconds").asDouble(), 1e-9);
    assertEquals("DONE", moments.at("/1/event").asText());
  }

  @Test
  void taskToExplainMustBeOne() throws IOException {
    simulate("--explain", "x").failed(2, "no task 'x'", "two-steps/a, two-steps/b");
    simulate("--arrivals", "poisson:1", "--jobs", "2", "--explain", "a")
        .failed(2, "2 jobs", "a task 'a'", "two-steps");
  }

  @Test
  void wrongUsageIsNamedWithWhatWouldBeRight() {
    simulate("--policy", "late,best").failed(2, "'best'", "heft, cpop, peft", "fifo");
    simulate("--stragglers", "often").failed(2, "--stragglers", "0.02:5");
    simulate("--stragglers", "2:5").failed(2, "probability", "0 to 1");
    simulate("--noise", "-1").failed(2, "noise", ">= 0");
    simulate("--noise", "NaN").failed(2, "noise", ">= 0");
    simulate("--noise", "loud").failed(2, "--noise", "loud");
    simulate("--seed", "1,x").failed(2, "--seed", "'x'");
    simulate("--seed", "").failed(2, "--seed");
    simulate("--lose", "gpu-0").failed(2, "--lose", "DEVICE@SECONDS", "gpu-0");
    simulate("--lose", "gpu-0@soon").failed(2, "--lose", "gpu-0@soon");
    simulate("--lose", "gpu-0@NaN").failed(2, "--lose", "gpu-0@NaN");
    simulate("--lose", "gpu-0@-1").failed(2, "--lose", ">= 0");
    simulate("--lose", "gpu-0@5:4").failed(2, "--lose", "come back after");
    simulate("--lose", "gpu-7@5").failed(2, "--lose", "'gpu-7'", "gpu-0");
    simulate("--lose", "gpu-0@5", "--lose", "gpu-0@6").failed(2, "--lose", "gpu-0", "again");
    simulate("--arrivals", "poisson:0").failed(2, "--arrivals", "> 0", "'0'");
    simulate("--arrivals", "poisson:often").failed(2, "--arrivals", "'often'");
    simulate("--arrivals", "poisson:NaN").failed(2, "--arrivals", "'NaN'");
    simulate("--arrivals", "none.csv").failed(2, "none.csv", "no such file");
    simulate("--arrivals", "poisson:1", "--jobs", "0").failed(2, "--jobs", "1 to");
    simulate("--jobs", "3").failed(2, "--jobs", "--arrivals");
    simulate("generated:ring:4:1").failed(2, "'ring'", "fork-join");
    simulate("generated:tree:4").failed(2, "SHAPE:TASKS:SEED");
    Said.by("simulate").failed(2, "WORKFLOW", "signalbox simulate --help");
    Said.by("simulate", folder.resolve("none.yaml").toString()).failed(2, "none.yaml");
  }

  @Test
  void aBadFileIsNamedWithItsPlace() throws IOException {
    Files.writeString(jobs, "[{\"d\": NaN}]");
    simulate().failed(2, "two-steps.yaml:1:8", "[0].d", "is NaN");
    Files.writeString(jobs, "{\"task_graph\": {\"tasks\": []}}");
    simulate().failed(2, "two-steps.yaml:1:26", "is empty");
    Files.writeString(
        jobs,
        """
        {"schemaVersion": "1.5", "workflow": {"specification": {"tasks": [
          {"name": "a", "id": "a", "parents": ["b"]}]},
         "execution": {"tasks": [{"id": "a", "runtimeInSeconds": -1}]}}}
        """);
    simulate().failed(2, "two-steps.yaml:2:40", "there is no task \"b\"", "two-steps.yaml:3:58");
    Path trace = Files.writeString(folder.resolve("t.csv"), "1,2\n");
    simulate("--arrivals", trace.toString()).failed(2, "two-steps.yaml:2:40");
    writeFiles();
    simulate("--arrivals", trace.toString()).failed(2, "t.csv:1:1", "three");
  }

  @Test
  void aBadFleetOrBadSpeedsAreNamedWithTheirPlace() throws IOException {
    Files.writeString(fleet, "{\"devices\": []}");
    simulate().failed(2, "fleet.json:1:13", "at least one device");
    Files.writeString(fleet, "{\"devices\": [{\"id\": \"q\", \"class\": \"quantum\"}]}");
    simulate().failed(2, "fleet.json:1:35", "quantum");
    writeFiles();
    for (String speed : List.of("0", "-2", "NaN", "1e999")) {
      Files.writeString(speeds, "{\"default\": {\"cpu\": 1, \"nvidia-a100\": " + speed + "}}");
      simulate()
          .failed(2, "speeds.json:1:39", "default.nvidia-a100: is " + speed, "greater than 0");
    }
    Said.by("simulate", jobs.toString(), "--speeds", folder.toString())
        .failed(2, folder.toString(), "is a folder");
    simulate("--device-classes", folder.resolve("none").toString()).failed(2, "none");
  }

  @Test
  void aScheduleThatCannotBeWrittenIsAFailure() {
    simulate("--schedule-out", folder.resolve("no/such/folder.json").toString())
        .failed(1, "can't be written", "folder.json");
  }
}
