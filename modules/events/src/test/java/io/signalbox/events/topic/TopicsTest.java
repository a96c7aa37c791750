package io.signalbox.events.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicsTest {
  @Test
  void everyTopicIsInTheCatalogueUnderItsName() {
    Topics topics = Topics.DEFAULT;
    List<String> names = topics.catalogue(List.of("a100")).stream().map(Topic::name).toList();
    assertEquals(
        List.of(
            "signalbox.task-submitted",
            "signalbox.task-events",
            "signalbox.device-telemetry",
            "signalbox.execution-traces",
            "signalbox.control",
            "signalbox.job-events",
            "signalbox.hotspots",
            "signalbox.models",
            "signalbox.results",
            "signalbox.dead-letters",
            "signalbox.assignments.a100"),
        names);
    assertEquals(names.size(), new HashSet<>(names).size());
  }

  @Test
  void theInputsOfAPoolArePartitionedByPool() {
    List<String> byPool =
        new Topics("")
            .catalogue().stream()
                .filter(topic -> topic.partitioning() == Partitioning.POOL)
                .map(Topic::name)
                .toList();
    assertEquals(
        List.of("task-submitted", "task-events", "device-telemetry", "control", "hotspots"),
        byPool);
  }

  @Test
  void onlyModelsAndResultsAreCompacted() {
    for (Topic<?> topic : Topics.DEFAULT.catalogue()) {
      boolean compacted = topic.config().get("cleanup.policy").equals("compact");
      assertEquals(
          List.of("signalbox.models", "signalbox.results").contains(topic.name()),
          compacted,
          topic.name());
      assertEquals(!compacted, topic.config().containsKey("retention.ms"), topic.name());
    }
  }

  @Test
  void assignmentsLastADay() {
    assertEquals(
        Map.of("cleanup.policy", "delete", "retention.ms", "86400000"),
        Topics.DEFAULT.assignmentTopic("a100").config());
  }

  @Test
  void theDeviceClassIsReadBackFromTheNameOfATopic() {
    Topics topics = new Topics("team.");
    assertEquals(Optional.of("edge.v2"), topics.deviceClassOf(topics.assignments("edge.v2")));
    assertEquals(Optional.empty(), topics.deviceClassOf(topics.taskEvents()));
    assertEquals(Optional.empty(), topics.deviceClassOf("team.assignments."));
    assertEquals(Optional.empty(), topics.deviceClassOf("signalbox.assignments.edge"));
  }

  @Test
  void namesThatKafkaRefusesAreRefusedHere() {
    assertThrows(IllegalArgumentException.class, () -> new Topics("a/b"));
    assertThrows(IllegalArgumentException.class, () -> Topics.DEFAULT.assignments(""));
    assertThrows(IllegalArgumentException.class, () -> Topics.DEFAULT.assignments("a:b"));
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> Topics.DEFAULT.assignments("x".repeat(240)));
    assertTrue(error.getMessage().contains("249"), error.getMessage());
  }
}
