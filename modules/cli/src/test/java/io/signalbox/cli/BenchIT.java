package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.devkit.Devkit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every benchmark, very small: about 55 s in all. What they find says nothing here. */
class BenchIT {
  private static final List<String> SMALL =
      List.of("--devices", "2", "--slots", "8", "--timeout", "60", "--format", "json");

  @TempDir private Path folder = Path.of("");

  private static JsonNode bench(String... args) throws IOException {
    String[] all =
        Stream.concat(Stream.concat(Stream.of("bench"), Stream.of(args)), SMALL.stream())
            .toArray(String[]::new);
    Said said = Said.by(all);
    assertEquals(0, said.exitCode(), said::err);
    return new ObjectMapper().readTree(said.out());
  }

  private static void positive(JsonNode report, String... figures) {
    for (String figure : figures) {
      assertTrue(report.path(figure).asDouble() > 0, () -> figure + " in " + report);
    }
  }

  @Test
  void throughputOnAGivenClusterLeavesNoTopicBehind() throws Exception {
    Path out = folder.resolve("report.json");
    try (Devkit devkit = Devkit.start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", devkit.bootstrapServers()))) {
      JsonNode report =
          bench(
              "throughput",
              "--tasks",
              "60",
              "--jobs",
              "2",
              "--rounds",
              "1",
              "--warm-up",
              "0",
              "--guarantee",
              "at-least-once",
              "--out",
              out.toString(),
              "--bootstrap-servers",
              devkit.bootstrapServers(),
              "--schema-registry",
              devkit.schemaRegistryUrl());
      positive(
          report,
          "tasksPerSecond",
          "recordsPerTask",
          "passthroughRecordsPerSecond",
          "ratioToPassthrough",
          "p50Millis",
          "p99Millis",
          "engineCpuSecondsPerTask",
          "changelogBytesPerTask");
      assertEquals(60, report.path("tasks").asInt());
      assertEquals(report, new ObjectMapper().readTree(Files.readString(out)));
      assertEquals(
          List.of(),
          admin.listTopics().names().get().stream()
              .filter(topic -> topic.startsWith("signalbox-bench"))
              .toList());
    }
  }

  @Test
  void latencyOfPairsWithItsStages() throws IOException {
    JsonNode report = bench("latency", "--rate", "20", "--seconds", "1", "--warm-up", "0");
    assertEquals(10, report.at("/latencies/0/count").asInt());
    assertEquals(6, report.path("stages").size());
    report.path("stages").forEach(stage -> assertEquals(10, stage.path("count").asInt()));
    positive(report.at("/latencies/0"), "p50Millis", "p999Millis");
  }

  @Test
  void latencyOfChainsWithAndWithoutLinks() throws IOException {
    JsonNode report = bench("latency", "--shape", "chain", "--seconds", "1", "--warm-up", "0");
    assertEquals(2, report.path("latencies").size());
    assertTrue(
        report.at("/latencies/0/p50Millis").asDouble()
            < report.at("/latencies/1/p50Millis").asDouble(),
        () -> "links save a round trip: " + report);
  }

  @Test
  void scaleOverTheSizeOfAJobAndOverPools() throws IOException {
    JsonNode sizes = bench("scale", "--from", "10", "--to", "100", "--tasks", "100");
    assertEquals(2, sizes.path("points").size());
    positive(sizes, "cpuRatio");
    JsonNode pools =
        bench(
            "scale",
            "--over",
            "pools",
            "--from",
            "1",
            "--to",
            "2",
            "--factor",
            "2",
            "--tasks",
            "40");
    assertEquals(
        List.of(1, 2),
        List.of(pools.at("/points/0/size").asInt(), pools.at("/points/1/size").asInt()));
  }

  @Test
  void recoveryOfAKilledEngine() throws IOException {
    JsonNode report = bench("recovery", "--live", "500");
    positive(report, "liveTasks", "secondsToSchedule", "secondsToStart");
  }

  @Test
  void soakPrintsTheHeapAndRefusesWhatIsBeyondAQuota() throws IOException {
    JsonNode report = bench("soak", "--seconds", "8", "--rate", "20");
    positive(report, "tasks", "refusedJobs");
    positive(report.at("/minutes/0"), "heapMegabytes");
    assertTrue(report.path("minutes").size() >= 2, report::toString);
  }

  @Test
  void wrongValuesAreUsageErrors() {
    Said.by("bench").failed(2, "which benchmark");
    Said.by("bench", "throughput", "--shape", "spiral").failed(2, "spiral", "layered");
    Said.by("bench", "throughput", "--tasks", "0").failed(2, "--tasks");
    Said.by("bench", "latency", "--guarantee", "perhaps").failed(2, "--guarantee");
    Said.by("bench", "scale", "--over", "time").failed(2, "--over");
    Said.by("bench", "recovery", "--live", "1").failed(2, "--live");
  }
}
