package io.signalbox.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.TaskSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DagBenchTest {
  static final String GRAPH =
      """
      {"name": "ml.tiny", "task_graph": {
         "tasks": [{"name": "embed", "cost": 1.5}, {"name": "attn_shard_00_1", "cost": 0.0},
                   {"name": "attn merge", "cost": 20}],
         "dependencies": [{"source": "embed", "target": "attn_shard_00_1", "size": 393636.0},
                          {"source": "attn_shard_00_1", "target": "attn merge"}]},
       "network": {"nodes": [{"name": "N0", "speed": 1.0}], "edges": []}}
      """;
  private static final Path DATA =
      Path.of(System.getProperty("signalbox.root")).resolveSibling("shared").resolve("data");

  @TempDir Path folder;

  @Test
  void millisecondsAndBytesFollowTheFormat() {
    Workload workload = file(GRAPH).workload();
    assertEquals("ml.tiny", workload.name());
    assertEquals("ml.tiny", workload.jobs().getFirst().job());
    List<TaskSpec> tasks = workload.jobs().getFirst().tasks();
    assertEquals(
        List.of("embed", "attn_shard_00_1", "attn_merge"),
        tasks.stream().map(TaskSpec::id).toList());
    assertEquals(
        List.of("embed", "attn_shard", "attn_merge"),
        tasks.stream().map(TaskSpec::operation).toList());
    assertEquals(List.of(0.0015, 1e-6, 0.02), tasks.stream().map(TaskSpec::work).toList());
    assertEquals(List.of(new Dependency("embed", 393_636)), tasks.get(1).dependencies());
    assertEquals(List.of(new Dependency("attn_shard_00_1", 0)), tasks.get(2).dependencies());
  }

  @Test
  void withoutANameOfItsOwnItHasTheFiles() {
    String graph = "{\"task_graph\": {\"tasks\": [{\"name\": \"a\", \"cost\": 1}]}}";
    assertEquals("g", file(graph).workload().name());
  }

  @Test
  void theProfiledGpt2IsReadWhole() throws InvalidFileException {
    Path file = DATA.resolve("llm/gpt2_tensor_sh12_prefill/graph.json");
    assumeTrue(Files.exists(file), () -> "skipped: no " + file);
    Workload workload = Workloads.read(file);
    assertEquals("ml.gpt2_tensor_sh12_prefill", workload.name());
    assertEquals(327, workload.taskCount());
    List<TaskSpec> tasks = workload.jobs().getFirst().tasks();
    assertEquals(614, tasks.stream().mapToInt(task -> task.dependencies().size()).sum());
    Set<String> operations =
        tasks.stream().map(TaskSpec::operation).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        Set.of(
            "attn_merge",
            "attn_shard",
            "embed",
            "lm_head",
            "ln_f",
            "mlp_merge",
            "mlp_shard",
            "qkv"),
        operations);
  }

  @Test
  void whatCannotBeIsNamedWithItsPlace() {
    assertEquals(
        """
        g.json:1:49: task_graph.tasks[0].cost: is -1; give a number of at least 0
        g.json:2:12: task_graph.tasks[1].name: another task has the name "a" already; names must differ
        g.json:3:3: task_graph.tasks[2]: "cost" is missing; give its run time in milliseconds\
        """,
        error(
            """
            {"task_graph": {"tasks": [{"name": "a", "cost": -1},
                {"name":"a", "cost": 1},
              {"name": "b"}]}}\
            """
                .replace("    {\"name\":\"a\"", " {\"name\":  \"a\"")));
  }

  @Test
  void dependenciesNameTasksThatThereAre() {
    assertEquals(
        """
        g.json:2:30: task_graph.dependencies[0].target: there is no task "merg"; did you mean "merge"?
        g.json:3:2: task_graph.dependencies[1]: "source" is missing; give the name of a task
        g.json:3:31: task_graph.dependencies[1].size: is -4; give bytes, such as 4096, 20MB or 16GiB
        g.json:5:2: task_graph.dependencies[3]: a dependency of "merge" on "shard" stands above already; remove one\
        """,
        error(
            """
            {"task_graph": {"tasks": [{"name": "shard", "cost": 1}, {"name": "merge", "cost": 1}], "dependencies": [
             {"source": "shard","target":"merg"},
             {"target": "merge", "size":  -4},
             {"source": "shard", "target": "merge"},
             {"source": "shard", "target": "merge"}]}}\
            """));
  }

  @Test
  void aCycleIsNamed() {
    assertEquals(
        "g.json:1:27: task_graph.tasks[0]: is part of a cycle, a -> a; remove one of these"
            + " dependencies",
        error(
            "{\"task_graph\": {\"tasks\": [{\"name\": \"a\", \"cost\": 1}], \"dependencies\": ["
                + "{\"source\": \"a\", \"target\": \"a\"}]}}"));
  }

  @Test
  void aGraphHasTasks() {
    assertEquals(
        "g.json:1:26: task_graph.tasks: is empty; a graph has at least one task",
        error("{\"task_graph\": {\"tasks\": []}}"));
  }

  private String error(String text) {
    return file(text).workloadError();
  }

  private FileUnderTest file(String text) {
    return FileUnderTest.in(folder, "g.json", text);
  }
}
