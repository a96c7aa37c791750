package io.signalbox.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Planned;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.job.TaskState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RollingPlanTest {
  private static final List<DeviceClass> CLASSES =
      List.of(new DeviceClass("gpu", 100, 0, 400, 50), new DeviceClass("cpu", 2, 0, 200, 100));

  private final Fleet fleet = new Fleet(CLASSES);
  private final RunTimeEstimator estimator = new RunTimeEstimator(CLASSES);
  private final Job job = new Job("job", null, 0);
  private final double now = 100;

  private Device device(String id, String deviceClass) {
    return fleet.report(
        new DeviceReport(
            id,
            deviceClass,
            1,
            0,
            DeviceReport.State.ACTIVE,
            List.of(0),
            1,
            0,
            0,
            List.of(),
            0,
            0,
            0,
            0,
            true,
            Set.of()),
        now);
  }

  private Task task(String id, double gpu, double cpu, String... parents) {
    Map<String, Double> seconds = Map.of("gpu", gpu, "cpu", cpu);
    Task task =
        job.define(new TaskSpec(id, id, "", List.of(), 1, seconds, List.of(), 0, null, 0, 0));
    job.graph().setWeight(task.node(), Math.min(gpu, cpu));
    for (String parent : parents) {
      job.graph().addEdge(job.nodeOf(parent), task.node(), 0);
    }
    job.graph().updateRanks();
    return task;
  }

  private RollingPlan plan(PlanSettings settings) {
    return new RollingPlan(fleet, estimator, settings);
  }

  private boolean refresh(RollingPlan plan) {
    return plan.refresh(List.of(job), (task, rank, at) -> rank, now);
  }

  @Test
  void tasksAreToldClassAndTimes() {
    device("gpu-1", "gpu");
    device("cpu-1", "cpu");
    Task parent = task("parent", 2, 50);
    Task child = task("child", 3, 50, "parent");
    Task side = task("side", 4, 4.5);
    RollingPlan plan = plan(PlanSettings.DEFAULT);
    plan.grown(3);
    assertTrue(refresh(plan));
    assertEquals("gpu", planned(parent).deviceClass());
    assertEquals(100, planned(parent).startsAt(), 1e-9);
    assertEquals(102, planned(child).startsAt(), 1e-9);
    assertEquals(105, planned(child).finishesAt(), 1e-9);
    assertEquals("cpu", planned(side).deviceClass());
    assertFalse(refresh(plan), "there is no reason to plan again");
  }

  @Test
  void whatRunsStaysWhereItIs() {
    Device gpu = device("gpu-1", "gpu");
    Task running = task("running", 10, 99);
    Task next = task("next", 1, 99, "running");
    Task free = task("free", 5, 99);
    running.become(new TaskState.Offered(1, "gpu-1", 0, 110, 10));
    fleet.occupy(gpu, running, 1, 10, 98, now);
    RollingPlan plan = plan(PlanSettings.DEFAULT);
    plan.grown(3);
    assertTrue(refresh(plan));
    assertNull(running.planned());
    assertTrue(planned(next).startsAt() >= 108, () -> "" + next.planned());
    assertTrue(planned(free).startsAt() >= 108, () -> "" + free.planned());
  }

  @Test
  void planIsMadeAnewWhenAClassChangesItsSlots() {
    device("gpu-1", "gpu");
    Task task = task("task", 50, 40);
    RollingPlan plan = plan(PlanSettings.DEFAULT);
    plan.grown(1);
    assertTrue(refresh(plan));
    assertEquals("gpu", planned(task).deviceClass());
    device("cpu-1", "cpu");
    assertTrue(refresh(plan));
    assertEquals("cpu", planned(task).deviceClass());
  }

  @Test
  void planIsMadeAnewForDriftOnceItIsEarned() {
    device("gpu-1", "gpu");
    Task first = task("first", 2, 99);
    for (int i = 0; i < 40; i++) {
      task("t" + i, 2, 99);
    }
    RollingPlan plan = plan(new PlanSettings(5_000, 256, 0.15, 0.5));
    plan.grown(41);
    refresh(plan);
    Planned planned = planned(first);
    plan.ended(first, planned.finishesAt() + 0.1);
    assertFalse(refresh(plan), "0.1 s of 2 s that are left is no drift");
    plan.ended(first, planned.finishesAt() + 1);
    assertFalse(refresh(plan), "two tasks ended have earned four of forty");
    for (int i = 0; i < 25; i++) {
      plan.ended(first, planned.finishesAt());
    }
    assertTrue(refresh(plan));
  }

  /** What the plan says of a task, which it must have seen. */
  private static Planned planned(Task task) {
    return Objects.requireNonNull(task.planned(), task::id);
  }

  @Test
  void beyondTheMostTasksOnlyThoseOfHighestRankArePlanned() {
    device("gpu-1", "gpu");
    Task small = task("small", 1, 99);
    Task large = task("large", 9, 99);
    RollingPlan plan = plan(new PlanSettings(1, 256, 0.15, 0.05));
    plan.grown(10);
    assertTrue(refresh(plan));
    assertNotNull(large.planned());
    assertNull(small.planned());
  }

  @Test
  void onALargeFleetOnlyPricesAreFound() {
    device("gpu-1", "gpu");
    device("cpu-1", "cpu");
    Task task = task("task", 1, 99);
    RollingPlan plan = plan(new PlanSettings(5_000, 1, 0.15, 0.05));
    plan.grown(10);
    assertTrue(refresh(plan));
    assertNull(task.planned());
    assertEquals(1, plan.price("gpu") + plan.price("cpu"), 1e-9);
    assertTrue(plan.price("gpu") > plan.price("cpu"));
  }

  @Test
  void taskStartsEarlyUnlessPlannedOnesWouldMissTheirSlot() {
    device("gpu-1", "gpu");
    Task first = task("first", 9, 99);
    Task second = task("second", 2, 99);
    RollingPlan plan = plan(PlanSettings.DEFAULT);
    plan.grown(2);
    assertTrue(refresh(plan));
    assertTrue(plan.allowsEarly(first, 1, 9, now));
    assertFalse(plan.allowsEarly(second, 1, 2, now));
    assertTrue(plan.allowsEarly(second, 2, 2, now), "a slot is left over");
    second.plan(null);
    assertTrue(plan.allowsEarly(second, 1, 2, now), "no plan, no order");
  }

  @Test
  void ranksWeighUnlikeClassesEachInItsWay() {
    double[] seconds = {1, 4, Double.POSITIVE_INFINITY};
    int[] slots = {1, 3, 9};
    assertEquals(2.5, RankWeight.MEAN.of(seconds, slots), 1e-12);
    assertEquals(1, RankWeight.FASTEST.of(seconds, slots), 1e-12);
    assertEquals(Math.sqrt(2.5), RankWeight.BETWEEN.of(seconds, slots), 1e-12);
    assertEquals(4 / 1.75, RankWeight.THROUGHPUT.of(seconds, slots), 1e-12);
  }
}
