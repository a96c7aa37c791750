package io.signalbox.simulator.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.workload.Speeds;
import io.signalbox.simulator.workload.Workload;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratedWorkloadTest {
  @ParameterizedTest
  @EnumSource
  void hasAsManyTasksAsAskedForWhateverTheSeed(Shape shape) {
    for (int tasks : new int[] {1, 2, 3, 7, 50, 997}) {
      for (long seed = -3; seed < 3; seed++) {
        Workload workload = new GeneratedWorkload(shape, tasks, seed).workload();
        assertEquals(tasks, workload.taskCount(), "%s %d %d".formatted(shape, tasks, seed));
        Set<String> above = new HashSet<>();
        for (TaskSpec task : workload.jobs().getFirst().tasks()) {
          task.dependencies().forEach(parent -> assertTrue(above.contains(parent.task())));
          assertTrue(GeneratedOperations.NAMES.contains(task.operation()));
          assertTrue(above.add(task.id()));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isTheSameForTheSameSeedAndAnotherForAnother(Shape shape) {
    Workload first = new GeneratedWorkload(shape, 60, 1).workload();
    assertEquals(first, new GeneratedWorkload(shape, 60, 1).workload());
    assertNotEquals(
        first.jobs().getFirst().tasks(),
        new GeneratedWorkload(shape, 60, 2).workload().jobs().getFirst().tasks());
  }

  @Test
  void shapesAreWhatTheirNamesSay() {
    List<TaskSpec> tree = tasks(Shape.TREE);
    long ofOneParent = tree.stream().filter(task -> task.dependencies().size() == 1).count();
    long roots = tree.stream().filter(task -> task.dependencies().isEmpty()).count();
    assertTrue(ofOneParent == 499 && roots == 1 || roots > 200, "roots " + roots);
    List<TaskSpec> stages = tasks(Shape.FORK_JOIN);
    assertTrue(stages.stream().anyMatch(task -> task.dependencies().size() > 10));
    assertEquals(1, stages.stream().filter(task -> task.dependencies().isEmpty()).count());
    assertTrue(
        tasks(Shape.RANDOM).stream().filter(task -> task.dependencies().isEmpty()).count() > 50);
    assertTrue(
        tasks(Shape.PIPELINE).stream()
            .flatMap(task -> task.dependencies().stream().map(Dependency::sizeBytes))
            .allMatch(bytes -> bytes >= 10_000 && bytes <= 300_000_000));
  }

  @Test
  void operationsSuitClassesUnlike() {
    List<DeviceClass> classes =
        List.of(new DeviceClass("gpu", 400, 0, 0, 0), new DeviceClass("cpu", 2, 0, 0, 0));
    Speeds speeds =
        GeneratedOperations.addTo(
            new Speeds(Map.of("gpu", 1.0, "cpu", 1.0), Map.of("pack", Map.of("cpu", 7.0))),
            classes);
    assertTrue(gain(speeds, "attend") > 8, speeds::toString);
    assertTrue(gain(speeds, "parse") < 1, speeds::toString);
    assertEquals(Map.of("cpu", 7.0), speeds.operations().get("pack"), "what is given stays");
  }

  private static double gain(Speeds speeds, String operation) {
    return speeds.secondsOn(operation, 1, "cpu") / speeds.secondsOn(operation, 1, "gpu");
  }

  @Test
  void itsNameSaysWhatItIs() {
    GeneratedWorkload workload = GeneratedWorkload.named("generated:fork-join:20:-7");
    assertEquals(new GeneratedWorkload(Shape.FORK_JOIN, 20, -7), workload);
    assertEquals("fork-join-20--7", workload.workload().name());
    assertEquals(
        "there is no shape 'ring'; there are layered, fork-join, random, tree, pipeline",
        error("generated:ring:3:1"));
    assertEquals(
        "'generated:tree:x:1' should be generated:SHAPE:TASKS:SEED, for instance"
            + " generated:layered:1000:7",
        error("generated:tree:x:1"));
    assertEquals("a generated workload has 1 to 1000000 tasks, not 0", error("generated:tree:0:1"));
    assertTrue(error("generated:tree").contains("SHAPE:TASKS:SEED"));
  }

  private static List<TaskSpec> tasks(Shape shape) {
    return new GeneratedWorkload(shape, 500, 1).workload().jobs().getFirst().tasks();
  }

  private static String error(String name) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> GeneratedWorkload.named(name))
            .getMessage());
  }
}
