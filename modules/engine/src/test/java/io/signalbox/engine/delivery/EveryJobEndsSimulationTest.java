package io.signalbox.engine.delivery;

import io.signalbox.engine.delivery.Plan.JobPlan;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every job ends, ends once, and nothing is heard of its tasks afterwards. */
class EveryJobEndsSimulationTest {
  @Test
  void everyJobEndsOnce() {
    Campaign.holds(EveryJobEndsSimulationTest.class);
  }

  static @Nullable String breach(History history) {
    Set<String> ended = new HashSet<>();
    for (Fact.Announced announced : history.all(Fact.Announced.class)) {
      String job = announced.event().getJob();
      if (ended.contains(job)) {
        return "%s has ended, and then came %s".formatted(job, announced);
      }
      switch (announced.event().getType()) {
        case JOB_SUCCEEDED, JOB_FAILED, JOB_CANCELLED, REJECTED -> ended.add(job);
        default -> {
          // It goes on.
        }
      }
    }
    for (JobPlan job : history.plan.jobs()) {
      if (!ended.contains(job.id())) {
        return job.id() + " never ended";
      }
    }
    return null;
  }
}
