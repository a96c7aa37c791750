package io.signalbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.workload.Fleet;
import io.signalbox.simulator.workload.InvalidFileException;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.Workload;
import io.signalbox.simulator.workload.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo that comes with the project, on its real broker, faster than by default. */
class DemoIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CONFIG = Path.of(System.getProperty("signalbox.root"), "config");

  @TempDir private Path folder = Path.of("");

  @Test
  void theDefaultDemoSucceedsWithAValidSchedule() throws IOException, InvalidFileException {
    Path file = folder.resolve("schedule.json");
    Said said =
        Said.by(
            "demo",
            "--time-scale",
            "4",
            "--warm-up",
            "0",
            "--format",
            "json",
            "--schedule-out",
            file.toString());
    assertEquals(0, said.exitCode(), said::err);

    Workload workload = Workloads.read(CONFIG.resolve("jobs/multimodal-qa.yaml"));
    JsonNode summary = JSON.readTree(said.out());
    assertEquals("SUCCEEDED", summary.path("state").asText());
    assertEquals("multimodal-qa", summary.path("job").asText());
    assertEquals(workload.taskCount(), summary.path("tasks").asInt());
    assertEquals(workload.taskCount(), summary.path("succeeded").asInt());
    assertEquals(0, summary.path("failed").asInt());
    assertTrue(summary.path("lowerBoundSeconds").asDouble() > 0);
    assertTrue(summary.path("ratio").asDouble() >= 1, "no schedule beats the bound: " + summary);
    assertEquals(
        summary.path("makespanSeconds").asDouble(),
        summary.path("ratio").asDouble() * summary.path("lowerBoundSeconds").asDouble(),
        1e-6);

    Fleet fleet = Fleet.read(CONFIG.resolve("fleets/default.yaml"));
    assertEquals(fleet.classes(), names(summary.path("classes")));
    List<JsonNode> placements = new ArrayList<>();
    JSON.readTree(file.toFile()).path("placements").forEach(placements::add);
    parentsComeFirst(workload, placements);
    slotsAreNeverOverbooked(fleet, placements);
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void parentsComeFirst(Workload workload, List<JsonNode> placements) {
    Map<String, JsonNode> succeeded = new HashMap<>();
    for (JsonNode placement : placements) {
      if (placement.path("outcome").asText().equals("SUCCEEDED")) {
        String name = placement.path("job").asText() + "/" + placement.path("taskId").asText();
        assertEquals(null, succeeded.put(name, placement), () -> name + " succeeded twice");
      }
    }
    assertEquals(workload.taskCount(), succeeded.size());
    for (JobPlan plan : workload.jobs()) {
      for (TaskSpec task : plan.tasks()) {
        double start = succeeded.get(plan.job() + "/" + task.id()).path("start").asDouble();
        for (Dependency parent : task.dependencies()) {
          double finish = succeeded.get(plan.job() + "/" + parent.task()).path("finish").asDouble();
          assertTrue(start >= finish, () -> task.id() + " started before " + parent.task());
        }
      }
    }
  }

  private static void slotsAreNeverOverbooked(Fleet fleet, List<JsonNode> placements) {
    for (Fleet.Device device : fleet.devices()) {
      List<double[]> changes = new ArrayList<>();
      for (JsonNode placement : placements) {
        if (placement.path("deviceId").asText().equals(device.id())) {
          changes.add(new double[] {placement.path("start").asDouble(), 1});
          changes.add(new double[] {placement.path("finish").asDouble(), -1});
        }
      }
      // At one point in time the end of a task comes before the start of the next.
      changes.sort(
          Comparator.<double[]>comparingDouble(change -> change[0])
              .thenComparingDouble(change -> change[1]));
      int running = 0;
      for (double[] change : changes) {
        running += (int) change[1];
        assertTrue(running <= device.slots(), device.id() + " is overbooked at " + change[0]);
      }
    }
  }
}
