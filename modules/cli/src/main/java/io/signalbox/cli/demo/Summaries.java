package io.signalbox.cli.demo;

import io.signalbox.cli.watch.Tally;
import io.signalbox.core.bound.LowerBound;
import io.signalbox.events.JobEventType;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.StaticProblem;
import io.signalbox.simulator.workload.Workload;
import java.util.List;

/** Makes the summary of a demo. */
final class Summaries {
  private Summaries() {}

  static Summary of(
      DemoSettings settings, Workload ran, Schedule schedule, Tally tally, double wallSeconds) {
    double makespan = schedule.makespanSeconds();
    double bound = lowerBound(settings);
    List<JobPlan> jobs = ran.jobs();
    return new Summary(
        jobs.size() == 1 ? jobs.getFirst().job() : ran.name(),
        state(tally, jobs),
        ran.taskCount(),
        tally.succeeded(),
        tally.failed(),
        makespan,
        bound,
        bound > 0 ? makespan / bound : 0,
        Summary.use(schedule, settings.fleet()),
        wallSeconds);
  }

  /** On the workload's own times: scaling must not change what is possible. */
  private static double lowerBound(DemoSettings settings) {
    StaticProblem problem =
        StaticProblem.of(settings.workload(), settings.fleet(), settings.speeds());
    return LowerBound.of(problem.secondsByTaskAndClass(), problem.slots(), problem.parents())
        .seconds();
  }

  private static String state(Tally tally, List<JobPlan> jobs) {
    List<String> names = jobs.stream().map(JobPlan::job).toList();
    if (tally.allSucceeded(names)) {
      return "SUCCEEDED";
    }
    boolean rejected = names.stream().anyMatch(name -> tally.end(name) == JobEventType.REJECTED);
    boolean failed = names.stream().anyMatch(name -> tally.end(name) == JobEventType.JOB_FAILED);
    return rejected ? "REJECTED" : failed ? "FAILED" : "CANCELLED";
  }
}
