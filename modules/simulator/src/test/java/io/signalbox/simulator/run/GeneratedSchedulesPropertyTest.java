package io.signalbox.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.simulator.policy.Policies;
import io.signalbox.simulator.scenario.Disturbance;
import io.signalbox.simulator.scenario.Outage;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.Fleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Generated graphs of every shape, jobs that arrive over time, noise, stragglers and lost devices:
 * under every policy all tasks are done, by a schedule that could have happened.
 */
class GeneratedSchedulesPropertyTest {
  private static final int SEEDS = Integer.getInteger("signalbox.seeds", 25);
  private static final long FIRST_SEED = Long.getLong("signalbox.seed", 1);

  private interface Property {
    void holds(Scenario scenario, String policy, long seed);
  }

  private static void forAll(Property property) {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Scenario scenario = Scenarios.generated(new Random(seed));
      for (String policy : Policies.names()) {
        try {
          property.holds(scenario, policy, seed);
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

  @Test
  void withExactTimesNoScheduleBeatsTheBound() {
    forAll((scenario, policy, seed) -> {
      RunResult run = Simulation.run(scenario, Disturbance.NONE, policy, seed);
      ScheduleCheck.check(scenario, run);
      assertTrue(
          run.makespanSeconds() >= scenario.lowerBoundSeconds() * (1 - 1e-9),
          () -> run.makespanSeconds() + " s beats the bound " + scenario.lowerBoundSeconds());
      assertTrue(scenario.lowerBoundSeconds() >= scenario.bound().seconds());
    });
  }

  @Test
  void whateverIsLostAndLateEveryTaskIsDone() {
    forAll((scenario, policy, seed) -> {
      List<Outage> outages = outages(scenario.fleet(), new Random(seed));
      Disturbance disturbance = new Disturbance(0.3, 0.05, 5, outages);
      RunResult run = Simulation.run(scenario, disturbance, policy, seed);
      ScheduleCheck.check(scenario, run);
      run.tasks()
          .forEach(
              task -> heard(outages, task.device(), task.startSeconds(), task.finishSeconds()));
      for (WastedAttempt attempt : run.wasted()) {
        heard(outages, attempt.device(), attempt.startSeconds(), attempt.endSeconds());
        assertEquals(
            attempt.end() == WastedAttempt.End.LOST,
            outages.stream()
                .anyMatch(outage ->
                    outage.device().equals(attempt.device().id())
                        && outage.fromSeconds() == attempt.endSeconds()),
            attempt::toString);
      }
      RunResult again = Simulation.run(scenario, disturbance, policy, seed);
      assertEquals(run.tasks(), again.tasks(), "a run that is repeated");
      assertEquals(run.wasted(), again.wasted(), "a run that is repeated");
    });
  }

  /** One device of each class stays; of the others some are lost, for a time or for ever. */
  private static List<Outage> outages(Fleet fleet, Random random) {
    List<Outage> outages = new ArrayList<>();
    for (Fleet.Device device : fleet.devices()) {
      if (device.id().endsWith("-0")) {
        continue;
      }
      double from = random.nextDouble() * 60;
      double until = from + 0.1 + random.nextDouble() * 20;
      switch (random.nextInt(4)) {
        case 0 -> outages.add(new Outage(device.id(), from));
        case 1 -> outages.add(new Outage(device.id(), from, until));
        case 2 -> {
          outages.add(new Outage(device.id(), from, until));
          outages.add(new Outage(device.id(), until + 5, until + 400));
        }
        default -> {}
      }
    }
    return outages;
  }

  /** Nothing runs on a device while it is silent. */
  private static void heard(List<Outage> outages, Fleet.Device device, double from, double to) {
    for (Outage outage : outages) {
      assertTrue(
          !outage.device().equals(device.id())
              || to <= outage.fromSeconds()
              || from >= outage.untilSeconds(),
          () -> "%s ran from %s to %s during %s".formatted(device.id(), from, to, outage));
    }
  }
}
