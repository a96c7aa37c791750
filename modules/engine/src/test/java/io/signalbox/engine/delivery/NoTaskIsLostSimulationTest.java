package io.signalbox.engine.delivery;

import io.signalbox.engine.delivery.Fault.Kind;
import io.signalbox.engine.delivery.Plan.JobPlan;
import io.signalbox.events.JobEventType;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every task that was submitted, or asked for by a task that succeeded, succeeds; unless its job
 * has a task that fails for good, or was cancelled.
 */
class NoTaskIsLostSimulationTest {
  @Test
  void everySubmittedTaskSucceeds() {
    Campaign.holds(NoTaskIsLostSimulationTest.class);
  }

  static @Nullable String breach(History history) {
    Set<String> succeeded = new HashSet<>();
    Set<String> jobs = new HashSet<>();
    for (Fact.Announced each : history.all(Fact.Announced.class)) {
      if (each.event().getType() == JobEventType.TASK_SUCCEEDED) {
        succeeded.add(each.task());
      }
      if (each.event().getType() == JobEventType.JOB_SUCCEEDED) {
        jobs.add(each.event().getJob());
      }
    }
    boolean cancelled = !history.plan.faults(Kind.JOB_CANCELLED).isEmpty();
    for (JobPlan job : history.plan.jobs()) {
      if (!jobs.contains(job.id())) {
        if (!job.breaks() && !cancelled) {
          return job.id() + " didn't succeed";
        }
        continue;
      }
      for (String task : job.all().keySet()) {
        if (!succeeded.contains(job.id() + "/" + task)) {
          return "%s succeeded without its task %s".formatted(job.id(), task);
        }
      }
    }
    return null;
  }
}
