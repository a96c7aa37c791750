package io.signalbox.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.TaskSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WfFormatTest {
  private static final String TASKS =
      """
      {"name": "split_ID01", "id": "split_ID01", "parents": [], "children": ["map_2", "map_3"],
       "inputFiles": ["in"], "outputFiles": ["left", "right", "log"]},
      {"name": "map_2", "id": "map_2", "parents": ["split_ID01"],
       "inputFiles": ["left", "log", "in"], "outputFiles": ["a"]},
      {"name": "map_3", "id": "map_3", "parents": ["split_ID01"], "children": [],
       "inputFiles": ["right", "unlisted"], "outputFiles": []}
      """;
  private static final String RUNS =
      """
      {"id": "split_ID01", "runtimeInSeconds": 0.001, "command": {"program": "split+v1"}},
      {"id": "map_2", "runtimeInSeconds": 7.5, "command": {"program": "bin/map --fast"}},
      {"id": "map_3", "runtimeInSeconds": 3}
      """;

  @TempDir Path folder;

  @Test
  void tasksOperationsTimesAndBytesFollowTheModel() {
    Workload workload = file("1.5", TASKS, RUNS).workload();
    assertEquals("my_flow", workload.name());
    assertEquals("my_flow", workload.jobs().getFirst().job());
    List<TaskSpec> tasks = workload.jobs().getFirst().tasks();
    assertEquals(
        List.of("split_ID01", "map_2", "map_3"), tasks.stream().map(TaskSpec::id).toList());
    assertEquals(
        List.of("split_v1", "map", "map"), tasks.stream().map(TaskSpec::operation).toList());
    assertEquals(List.of(0.01, 7.5, 3.0), tasks.stream().map(TaskSpec::work).toList());
    assertEquals(List.of(), tasks.get(0).dependencies());
    assertEquals(List.of(new Dependency("split_ID01", 110)), tasks.get(1).dependencies());
    assertEquals(List.of(new Dependency("split_ID01", 200)), tasks.get(2).dependencies());
  }

  @Test
  void idsThatAreNoNamesBecomeNamesThatDiffer() {
    String tasks =
        """
        {"name": "a", "id": "a/b", "parents": []},
        {"name": "a", "id": "a b", "parents": ["a/b"]},
        {"name": "a", "id": "a_b", "parents": ["a b"]}
        """;
    String runs =
        """
        {"id": "a/b", "runtimeInSeconds": 1},
        {"id": "a b", "runtimeInSeconds": 1},
        {"id": "a_b", "runtimeInSeconds": 1}
        """;
    List<TaskSpec> specs = file("1.5", tasks, runs).onlyJob().tasks();
    assertEquals(List.of("a_b-2", "a_b-3", "a_b"), specs.stream().map(TaskSpec::id).toList());
    assertEquals(List.of(new Dependency("a_b-3", 0)), specs.get(2).dependencies());
  }

  @Test
  void anotherVersionIsRefused() {
    assertEquals(
        "my flow.json:1:19: schemaVersion: is \"1.4\"; only WfFormat 1.5 is read, convert the file",
        file("1.4", TASKS, RUNS).workloadError());
  }

  @Test
  void missingPartsAreNamed() {
    assertEquals(
        "w.json:1:1: \"schemaVersion\" is missing; give \"1.5\"",
        FileUnderTest.in(folder, "w.json", "{\"workflow\": {}}").workloadError());
    assertEquals(
        "w.json:1:35: workflow: \"specification\" is missing; give the object that WfFormat 1.5"
            + " asks for",
        FileUnderTest.in(folder, "w.json", "{\"schemaVersion\":1.5,\"workflow\":  {}}")
            .workloadError());
  }

  @Test
  void parentsAndChildrenExist() {
    String tasks = TASKS.replace("\"map_3\"],", "\"mop_3\"],").replace("[\"split_ID01\"]", "[3]");
    assertEquals(
        """
        my flow.json:2:81: workflow.specification.tasks[0].children[1]: there is no task "mop_3"; did you mean "map_3"?
        my flow.json:4:46: workflow.specification.tasks[1].parents[0]: there is no task 3; add it or remove it here
        my flow.json:6:46: workflow.specification.tasks[2].parents[0]: there is no task 3; add it or remove it here\
        """,
        file("1.5", tasks, RUNS).workloadError());
  }

  @Test
  void runTimesAreNumbersOfAtLeastZero() {
    for (String wrong : new String[] {"-3", "NaN", "\"3\"", "Infinity"}) {
      assertEquals(
          "my flow.json:14:37: workflow.execution.tasks[2].runtimeInSeconds: is "
              + wrong
              + "; give a number of at least 0",
          file("1.5", TASKS, RUNS.replace("Seconds\": 3}", "Seconds\": " + wrong + "}"))
              .workloadError());
    }
  }

  @Test
  void everyTaskHasOneRun() {
    assertEquals(
        "my flow.json:11:1: workflow.execution.tasks: has no run of the task \"map_3\";"
            + " add its runtimeInSeconds",
        file("1.5", TASKS, RUNS.lines().limit(2).reduce("", String::concat).replaceAll(",$", ""))
            .workloadError());
    assertEquals(
        "my flow.json:14:8: workflow.execution.tasks[2].id: a run of \"map_2\" stands above"
            + " already; remove one",
        file("1.5", TASKS, RUNS.replace("map_3", "map_2")).workloadError());
    assertEquals(
        "my flow.json:14:8: workflow.execution.tasks[2].id: the specification has no task \"x\"",
        file("1.5", TASKS, RUNS.replace("map_3", "x")).workloadError());
  }

  @Test
  void idsDiffer() {
    assertEquals(
        "my flow.json:6:25: workflow.specification.tasks[2].id: another task has the id \"map_2\""
            + " already; ids must differ",
        file(
                "1.5",
                TASKS.replace("\"id\": \"map_3\"", "\"id\": \"map_2\"").replace(", \"map_3\"", ""),
                RUNS.replace("map_3", "map_2")
                    .lines()
                    .limit(2)
                    .reduce("", String::concat)
                    .replaceAll(",$", ""))
            .workloadError());
  }

  @Test
  void aCycleIsNamed() {
    String tasks =
        """
        {"name": "a", "id": "a", "parents": ["c"]},
        {"name": "b", "id": "b", "parents": [], "children": ["c"]},
        {"name": "c", "id": "c", "parents": ["a"]}
        """;
    String runs =
        """
        {"id": "a", "runtimeInSeconds": 1}, {"id": "b", "runtimeInSeconds": 1},
        {"id": "c", "runtimeInSeconds": 1}
        """;
    assertEquals(
        "my flow.json:2:1: workflow.specification.tasks[0]: is part of a cycle, a -> c -> a;"
            + " remove one of these dependencies",
        file("1.5", tasks, runs).workloadError());
  }

  @Test
  void fileSizesAreNumbersOfAtLeastZero() {
    assertEquals(
        "w.json:3:25: workflow.specification.files[0].sizeInBytes: is -1; give bytes, such as"
            + " 4096, 20MB or 16GiB",
        FileUnderTest.in(
                folder,
                "w.json",
                """
                {"schemaVersion": "1.5", "workflow": {"specification": {
                "tasks": [{"name": "a", "id": "a"}], "files": [
                {"id":"x","sizeInBytes":-1}
                ]}, "execution": {"tasks": [{"id": "a", "runtimeInSeconds": 1}]}}}
                """)
            .workloadError());
  }

  private FileUnderTest file(String version, String tasks, String runs) {
    return FileUnderTest.in(
        folder,
        "my flow.json",
        """
        {"schemaVersion": "%s", "workflow": {"specification": {"tasks": [
        %s], "files": [{"id": "in", "sizeInBytes": 1}, {"id": "left", "sizeInBytes": 100},
        {"id": "right", "sizeInBytes": 200}, {"id": "log", "sizeInBytes": 10}]},
        "execution": {"tasks":
        [
        %s]}}}
        """
            .formatted(version, tasks, runs));
  }
}
