package io.signalbox.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.generator.GeneratedWorkload;
import io.signalbox.simulator.generator.Shape;
import io.signalbox.simulator.workload.ArrivalTrace;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrafficTest {
  @Test
  void eachArrivalTakesTheNextJobWithItsTenantAndItsDeadline() {
    JobHeader legal = new JobHeader("legal", null, Map.of(), null);
    JobPlan a = new JobPlan("a", legal, List.of(TaskSpec.of("x", "op")), 5.0);
    JobPlan b = new JobPlan("b", JobHeader.DEFAULT, List.of(TaskSpec.of("y", "op")));
    Workload workload =
        Traffic.roundRobin(
            List.of(new Workload("one", List.of(a)), new Workload("two", List.of(b))), 3);
    assertEquals("one+two", workload.name());
    assertEquals(List.of("a-1", "b-2", "a-3"), workload.jobs().stream().map(JobPlan::job).toList());
    assertEquals("legal", workload.jobs().getLast().header().tenant());
    assertEquals(5.0, workload.jobs().getLast().deadlineAfterSeconds());
  }

  @Test
  void moreTasksThanAMachineBearsAreRefused() {
    Workload big = new GeneratedWorkload(Shape.TREE, 1_000, 1).workload();
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> Traffic.roundRobin(List.of(big), 100_000))
            .getMessage();
    assertTrue(message.contains("100000 arrivals have more than 2000000 tasks"), message);
  }

  @Test
  void aRequestIsAPrefillOfItsContextAndADecodeOfItsAnswer() {
    ArrivalTrace trace =
        new ArrivalTrace(
            "t",
            List.of(new ArrivalTrace.Request(0, 1_000, 50), new ArrivalTrace.Request(1, 0, 0)));
    Workload workload = Traffic.requests(trace);
    assertEquals("t", workload.name());
    assertEquals(
        List.of("request-1", "request-2"), workload.jobs().stream().map(JobPlan::job).toList());
    List<TaskSpec> tasks = workload.jobs().getFirst().tasks();
    assertEquals(
        List.of("llm-prefill", "llm-decode"), tasks.stream().map(TaskSpec::operation).toList());
    assertEquals(0.2, tasks.get(0).work(), 1e-9);
    assertEquals(1, tasks.get(1).work(), 1e-9);
    assertEquals(List.of(new Dependency("prefill", 819_200_000)), tasks.get(1).dependencies());
    assertTrue(workload.jobs().getLast().tasks().stream().allMatch(task -> task.work() > 0));
  }
}
