package io.signalbox.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedsTest {
  private static final Speeds SPEEDS =
      new Speeds(Map.of("cpu", 1.0, "gpu", 4.0), Map.of("ocr", Map.of("gpu", 8.0)));

  @TempDir Path folder;

  @Test
  void anOperationTakesTheDefaultWhereItSaysNothing() throws InvalidFileException {
    String json =
        "{\"default\": {\"cpu\": 1.0, \"gpu\": 4}, \"operations\": {\"ocr\": {\"gpu\": 8}}}";
    assertEquals(SPEEDS, Speeds.read(FileUnderTest.in(folder, "s.json", json).path()));
    assertEquals(2, SPEEDS.secondsOn("ocr", 16, "gpu"));
    assertEquals(16, SPEEDS.secondsOn("ocr", 16, "cpu"));
    assertEquals(4, SPEEDS.secondsOn("other", 16, "gpu"));
    assertEquals(
        "no speed for device class 'npu'",
        assertThrows(IllegalArgumentException.class, () -> SPEEDS.secondsOn("ocr", 1, "npu"))
            .getMessage());
  }

  @Test
  void operationsMeetTheWorkloadsWhoseNamesWereReplaced() throws InvalidFileException {
    String yaml = "default: {cpu: 1}\noperations: {split+v1: {cpu: 2}}";
    Speeds speeds = Speeds.read(FileUnderTest.in(folder, "s.yaml", yaml).path());
    assertEquals(0.5, speeds.secondsOn("split_v1", 1, "cpu"));
  }

  @Test
  void estimatesAreFilledForTheClassesATaskMayRunOn() {
    TaskSpec any = TaskSpec.of("a", "ocr");
    TaskSpec some = task(Map.of(), List.of("gpu"));
    TaskSpec own = task(Map.of("gpu", 77.0), List.of());
    JobPlan plan =
        Workloads.withEstimates(
            new JobPlan("j", JobHeader.DEFAULT, List.of(any, some, own)),
            SPEEDS,
            List.of("cpu", "gpu"));
    assertEquals(
        List.of(
            Map.of("cpu", 1.0, "gpu", 0.125),
            Map.of("gpu", 0.125),
            Map.of("cpu", 1.0, "gpu", 77.0)),
        plan.tasks().stream().map(TaskSpec::estimates).toList());
  }

  @Test
  void speedsAreGreaterThanZero() {
    String rule = "; give a number greater than 0";
    assertEquals("s.yaml:1:16: default.cpu: is 0" + rule, error("default: {cpu: 0, gpu: 1}"));
    assertEquals(
        "s.yaml:2:25: operations.ocr.cpu: is .nan" + rule,
        error("default: {cpu: 1, gpu: 1}\noperations: {ocr: {cpu: .nan}}"));
    assertEquals(
        "s.yaml:2:25: operations.ocr.cpu: is -2" + rule,
        error("default: {cpu: 1, gpu: 1}\noperations: {ocr: {cpu: -2}}"));
  }

  @Test
  void theDefaultCoversTheFleetAndTheOperations() {
    assertEquals(
        "s.yaml:1:1: \"default\" is missing; give a speed for each class, such as {cpu: 1}",
        error("operations: {}"));
    assertEquals(
        "s.yaml:1:10: default: has no speed for the device class \"gpu\", which the fleet has;"
            + " add it",
        error("default: {cpu: 1}"));
    assertEquals(
        "s.yaml:2:20: operations.ocr.gpv: unknown device class, default doesn't list it;"
            + " did you mean \"gpu\"?",
        error("default: {cpu: 1, gpu: 2}\noperations: {ocr: {gpv: 1}}"));
  }

  private static TaskSpec task(Map<String, Double> estimates, List<String> classes) {
    return new TaskSpec("t", "ocr", "", List.of(), 1, estimates, classes, 0, null, 0, 0);
  }

  private String error(String text) {
    return FileUnderTest.in(folder, "s.yaml", text)
        .error(file -> Speeds.read(file, Set.of("cpu", "gpu")));
  }
}
