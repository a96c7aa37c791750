package io.signalbox.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.TaskSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EsteeTest {
  /** The example of the data set's description, with a second output. */
  static final String TWO =
      """
      [{"d": 200, "e_d": 180, "cpus": 1, "outputs": [100, 0.5], "inputs": []},
       {"d": 50, "e_d": 60, "cpus": 2, "outputs": [], "inputs": [[0, 0], [0, 1], [0, 0]]}]
      """;

  /** The simulator's own shape of outputs, with names. */
  static final String NAMED =
      """
      [{"graph_name": "fork 1", "graph_id": "2f", "graph": [
         {"d": 0, "e_d": null, "cpus": 1, "outputs": [{"s": 2, "e_s": 3}], "inputs": []}]},
       {"graph_name": "fork 1", "graph": [{"d": 1.5, "inputs": [[1, 0]]},
                                          {"d": 1, "outputs": [1]}]}]
      """;

  @TempDir Path folder;

  @Test
  void secondsCoresAndMebibytesFollowTheFormat() {
    Workload workload = file(TWO).workload();
    assertEquals("g", workload.name());
    assertEquals("g", workload.jobs().getFirst().job());
    List<TaskSpec> tasks = workload.jobs().getFirst().tasks();
    assertEquals(List.of("t0", "t1"), tasks.stream().map(TaskSpec::id).toList());
    assertEquals(List.of("cpus-1", "cpus-2"), tasks.stream().map(TaskSpec::operation).toList());
    assertEquals(List.of(200.0, 50.0), tasks.stream().map(TaskSpec::work).toList());
    assertEquals(List.of(), tasks.get(0).dependencies());
    // An output that is read twice travels once.
    assertEquals(List.of(new Dependency("t0", 105_381_888)), tasks.get(1).dependencies());
  }

  @Test
  void severalGraphsAreSeveralJobsWithNamesThatDiffer() {
    Workload workload = file(NAMED).workload();
    assertEquals(
        List.of("fork_1", "fork_1-2"), workload.jobs().stream().map(JobPlan::job).toList());
    assertEquals(1e-6, workload.jobs().getFirst().tasks().getFirst().work());
    assertEquals(
        List.of(new Dependency("t1", 1 << 20)),
        workload.jobs().getLast().tasks().getFirst().dependencies());
    String alone = "{\"graph_name\": \"x\", \"graph\": [{\"d\": 1}]}";
    assertEquals("x", file(alone).onlyJob().job());
  }

  @Test
  void numbersThatCannotBeAreNamedWithTheirPlace() {
    assertEquals(
        """
        g.json:1:8: [0].d: is -1; give a number of at least 0
        g.json:1:20: [0].cpus: is 0; give a whole number from 1 to 10000
        g.json:1:35: [0].outputs[0]: is "1"; give a number of at least 0
        g.json:1:51: [0].outputs[1].s: is 1e999; give a number of at least 0\
        """,
        error("[{\"d\": -1, \"cpus\": 0, \"outputs\": [\"1\", {\"s\":      1e999}]}]"));
    assertEquals(
        "g.json:1:2: [0]: \"d\" is missing; give the task's duration in seconds",
        error("[{\"cpus\": 1}]"));
    assertEquals("g.json:1:8: [0].d: is NaN; give a number of at least 0", error("[{\"d\": NaN}]"));
    assertEquals(
        "g.json:1:20: [0].outputs[0]: is 1e300 MiB; no device holds that much",
        error("[{\"d\":1,\"outputs\":[1e300]}]"));
  }

  @Test
  void inputsNameOutputsThatThereAre() {
    assertEquals(
        "g.json:1:31: [0].inputs[0]: there is no task 1; the tasks are 0 to 0",
        error("[{\"d\": 1,          \"inputs\": [[1, 0]]}]"));
    assertEquals(
        "g.json:1:50: [1].inputs[0]: task 0 has no output 3; it has 1",
        error("[{\"d\": 1, \"outputs\": [1]}, {\"d\": 1,   \"inputs\": [[0, 3]]}]"));
    assertEquals(
        "g.json:1:22: [0].inputs[0]: is 5; give [task, output], two numbers counted from 0",
        error("[{\"d\": 1, \"inputs\": [5]}]"));
    assertEquals(
        "g.json:1:23: [0].inputs[0][0]: is -1; give a whole number from 0 to 2147483647",
        error("[{\"d\": 1, \"inputs\": [[-1, 0]]}]"));
  }

  @Test
  void aCycleIsNamed() {
    assertEquals(
        "g.json:1:2: [0]: is part of a cycle, t0 -> t1 -> t0; remove one of these dependencies",
        error(
            "[{\"d\": 1, \"outputs\": [1], \"inputs\": [[1, 0]]},"
                + " {\"d\": 1, \"outputs\": [1], \"inputs\": [[0, 0]]}]"));
  }

  @Test
  void aGraphHasTasks() {
    assertEquals(
        "g.json:1:11: graph: is empty; a graph has at least one task", error("{\"graph\": []}"));
    assertEquals(
        "g.json:1:1: \"graph\" is missing; give the list of tasks, {\"d\": 1.5, \"cpus\": 1,"
            + " \"outputs\": [100], \"inputs\": [[0, 0]]}",
        error("{\"graph_name\": \"x\"}"));
  }

  private String error(String text) {
    return file(text).workloadError();
  }

  private FileUnderTest file(String text) {
    return FileUnderTest.in(folder, "g.json", text);
  }
}
