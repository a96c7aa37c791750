package io.signalbox.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.simulator.policy.Policies;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Scenario;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the workload, the fleet, the policy and the noise: the schedule could have happened. */
class SchedulePropertyTest {
  private static final int SEEDS = Integer.getInteger("signalbox.seeds", 40);
  private static final long FIRST_SEED = Long.getLong("signalbox.seed", 1);

  @Test
  void everyPolicyMakesSchedulesThatCanBe() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Scenario scenario = Scenarios.random(new Random(seed));
      for (String policy : Policies.names()) {
        try {
          exact(scenario, policy, seed);
          disturbed(scenario, policy, seed);
        } catch (RuntimeException | AssertionError failure) {
          throw new AssertionError(
              ("policy %s, seed %d; replay it with ./check --fast simulator"
                      + " -Dsignalbox.seed=%2$d -Dsignalbox.seeds=1")
                  .formatted(policy, seed),
              failure);
        }
      }
    }
  }

  private static void exact(Scenario scenario, String policy, long seed) {
    RunResult run = Simulation.run(scenario, Disturbance.NONE, policy, seed);
    ScheduleCheck.check(scenario, run);
    assertTrue(run.makespanSeconds() >= scenario.bound().seconds() * (1 - 1e-9), "beats the bound");
    run.tasks()
        .forEach(task -> {
          int deviceClass = scenario.problem().classes().indexOf(task.device().deviceClass());
          assertEquals(
              scenario.problem().secondsByTaskAndClass()[task.task()][deviceClass],
              task.finishSeconds() - task.startSeconds(),
              1e-9);
        });
  }

  private static void disturbed(Scenario scenario, String policy, long seed) {
    Disturbance disturbance = new Disturbance(0.3, 0.02, 5);
    RunResult run = Simulation.run(scenario, disturbance, policy, seed);
    ScheduleCheck.check(scenario, run);
    RunResult again = Simulation.run(scenario, disturbance, policy, seed);
    assertEquals(run.tasks(), again.tasks(), "a run that is repeated");
    run.tasks()
        .forEach(task -> {
          int deviceClass = scenario.problem().classes().indexOf(task.device().deviceClass());
          double exact = scenario.problem().secondsByTaskAndClass()[task.task()][deviceClass];
          assertEquals(
              exact * disturbance.factor(seed, task.task(), task.attempt()),
              task.finishSeconds() - task.startSeconds(),
              1e-6);
        });
  }
}
