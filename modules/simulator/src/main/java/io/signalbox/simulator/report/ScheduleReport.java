package io.signalbox.simulator.report;

import io.signalbox.core.job.TaskRef;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.run.PlacedTask;
import io.signalbox.simulator.run.RunResult;
import io.signalbox.simulator.run.WastedAttempt;
import io.signalbox.simulator.scenario.Scenario;
import java.util.List;

/**
 * Where and when each task of a run was done; what `simulate --schedule-out` writes.
 *
 * @param workflow name of the workload
 * @param policy name of the policy
 * @param seed the seed
 * @param makespanSeconds when the last task was done
 * @param tasks every task, in the order in which they were done
 * @param wasted attempts that ran and came to nothing, in the order in which they ended
 */
public record ScheduleReport(
    String workflow,
    String policy,
    long seed,
    double makespanSeconds,
    List<Entry> tasks,
    List<Wasted> wasted) {
  public ScheduleReport {
    tasks = List.copyOf(tasks);
    wasted = List.copyOf(wasted);
  }

  /**
   * One task; times are seconds from the start.
   *
   * @param job its job
   * @param task its id
   * @param operation its operation
   * @param attempt number of the attempt that did it
   * @param device the device
   * @param deviceClass the device's class
   * @param slot the device's slot, counted from 0
   * @param readySeconds when its last parent was done, or its job arrived
   * @param startSeconds when it started, its inputs being there
   * @param finishSeconds when it was done
   */
  public record Entry(
      String job,
      String task,
      String operation,
      int attempt,
      String device,
      String deviceClass,
      int slot,
      double readySeconds,
      double startSeconds,
      double finishSeconds) {}

  /**
   * An attempt that came to nothing.
   *
   * @param job its job
   * @param task its task's id
   * @param attempt number of the attempt
   * @param copy whether it began while another attempt of the task was under way
   * @param device the device
   * @param slot the device's slot, counted from 0
   * @param startSeconds when it started, its inputs being there
   * @param endSeconds when it was stopped
   * @param end why it came to nothing: CANCELLED, SUPERSEDED or LOST
   */
  public record Wasted(
      String job,
      String task,
      int attempt,
      boolean copy,
      String device,
      int slot,
      double startSeconds,
      double endSeconds,
      WastedAttempt.End end) {}

  /** The schedule of a run. */
  public static ScheduleReport of(Scenario scenario, RunResult run) {
    List<TaskSpec> specs =
        scenario.workload().jobs().stream().flatMap(plan -> plan.tasks().stream()).toList();
    return new ScheduleReport(
        scenario.workload().name(),
        run.policy(),
        run.seed(),
        run.makespanSeconds(),
        run.tasks().stream()
            .map(task ->
                entry(
                    scenario.problem().tasks().get(task.task()),
                    specs.get(task.task()).operation(),
                    task))
            .toList(),
        run.wasted().stream()
            .map(attempt -> wasted(scenario.problem().tasks().get(attempt.task()), attempt))
            .toList());
  }

  private static Wasted wasted(TaskRef ref, WastedAttempt attempt) {
    return new Wasted(
        ref.job(),
        ref.task(),
        attempt.attempt(),
        attempt.copy(),
        attempt.device().id(),
        attempt.slot(),
        attempt.startSeconds(),
        attempt.endSeconds(),
        attempt.end());
  }

  private static Entry entry(TaskRef ref, String operation, PlacedTask task) {
    return new Entry(
        ref.job(),
        ref.task(),
        operation,
        task.attempt(),
        task.device().id(),
        task.device().deviceClass(),
        task.slot(),
        task.readySeconds(),
        task.startSeconds(),
        task.finishSeconds());
  }
}
