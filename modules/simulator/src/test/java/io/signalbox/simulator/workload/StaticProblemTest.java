package io.signalbox.simulator.workload;

import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskRef;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.workload.Fleet.Device;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StaticProblemTest {
  private static final Fleet FLEET =
      new Fleet(
          List.of(
              new Device("g", "gpu", 1, 1),
              new Device("c", "cpu", 2, 1),
              new Device("d", "cpu", 3, 1)),
          Network.FREE);
  private static final Speeds SPEEDS = new Speeds(Map.of("cpu", 1.0, "gpu", 4.0), Map.of());

  @Test
  void jobsStandSideBySide() {
    TaskSpec onlyGpu =
        new TaskSpec("a", "o", "", List.of(), 8, Map.of(), List.of("gpu"), 0, null, 0, 0);
    JobPlan first = plan("x", TaskSpec.of("b", "o", "a"), onlyGpu);
    JobPlan second = plan("y", TaskSpec.of("a", "o"), TaskSpec.of("b", "o", "a"));
    StaticProblem problem =
        StaticProblem.of(new Workload("w", List.of(first, second)), FLEET, SPEEDS);
    assertEquals(
        List.of(
            new TaskRef("x", "b"),
            new TaskRef("x", "a"),
            new TaskRef("y", "a"),
            new TaskRef("y", "b")),
        problem.tasks());
    assertEquals(List.of("cpu", "gpu"), problem.classes());
    assertArrayEquals(new int[] {5, 1}, problem.slots());
    assertArrayEquals(new int[][] {{1}, {}, {}, {2}}, problem.parents());
    assertArrayEquals(
        new double[][] {{1, 0.25}, {POSITIVE_INFINITY, 2}, {1, 0.25}, {1, 0.25}},
        problem.secondsByTaskAndClass());
  }

  @Test
  void aTaskThatMayRunNowhereIsNamed() {
    TaskSpec task =
        new TaskSpec("a", "o", "", List.of(), 8, Map.of(), List.of("npu"), 0, null, 0, 0);
    assertEquals(
        "task 'a' of job 'x' may run on [npu], of which the fleet has none; it has [cpu, gpu]",
        error(task));
    assertEquals(
        "task 'b' of job 'x' waits for 'z', which the job doesn't have",
        error(TaskSpec.of("b", "o", "z")));
  }

  private static String error(TaskSpec task) {
    Workload workload = new Workload("w", List.of(plan("x", task)));
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class, () -> StaticProblem.of(workload, FLEET, SPEEDS))
            .getMessage());
  }

  private static JobPlan plan(String job, TaskSpec... tasks) {
    return new JobPlan(job, JobHeader.DEFAULT, List.of(tasks));
  }
}
