package io.signalbox.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real workflow executions, read from beside the project where they are there. */
class WfInstancesTest {
  private static final Path DATA =
      Path.of(System.getProperty("signalbox.root")).resolveSibling("shared").resolve("data");

  @ParameterizedTest
  @CsvSource({
    "1000genome-chameleon-22ch-250k-001, 902, 1166",
    "blast-chameleon-medium-001, 303, 900",
    "cycles-chameleon-5l-1c-9p-001, 331, 485",
    "epigenomics-chameleon-ilmn-6seq-50k-001, 1695, 2108",
    "helloworld-forkjoin-10-chameleon, 10, 16",
    "montage-chameleon-2mass-005d-001, 58, 114",
    "rnaseq-dirt02-001, 197, 451"
  })
  void isReadWhole(String name, int tasks, int edges) throws InvalidFileException {
    Path file = DATA.resolve("wfinstances").resolve(name + ".json");
    assumeTrue(Files.exists(file), () -> "skipped: no " + file);
    Workload workload = Workloads.read(file);
    assertEquals(name, workload.jobs().getFirst().job());
    assertEquals(tasks, workload.taskCount());
    assertEquals(
        edges,
        workload.jobs().getFirst().tasks().stream()
            .mapToInt(task -> task.dependencies().size())
            .sum());
    Fleet fleet = Fleet.read(DATA.resolve("fleets/fleet18.json"));
    Speeds speeds = Speeds.read(DATA.resolve("fleets/speeds.json"), fleet.classes());
    StaticProblem problem = StaticProblem.of(workload, fleet, speeds);
    assertEquals(tasks, problem.secondsByTaskAndClass().length);
    workload
        .jobs()
        .getFirst()
        .tasks()
        .forEach(task ->
            assertTrue(speeds.operations().containsKey(task.operation()), task.operation()));
  }
}
