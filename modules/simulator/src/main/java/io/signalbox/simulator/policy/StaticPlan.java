package io.signalbox.simulator.policy;

import io.signalbox.core.job.TaskRef;
import io.signalbox.core.placement.FollowSchedule;
import io.signalbox.core.placement.FollowSchedule.PlannedSlot;
import io.signalbox.core.placement.PlacementFactory;
import io.signalbox.core.plan.StaticProblem;
import io.signalbox.core.plan.StaticSchedule;
import io.signalbox.core.plan.StaticScheduler;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.Fleet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A scenario planned beforehand: each slot of the fleet is a processor, each device a memory. */
final class StaticPlan {
  private StaticPlan() {}

  static PlacementFactory of(String name, StaticScheduler scheduler, Scenario scenario) {
    List<Fleet.Device> processors = processors(scenario.fleet());
    StaticSchedule schedule = scheduler.schedule(problem(scenario, processors));
    List<PlannedSlot> slots = new ArrayList<>();
    for (int processor = 0; processor < processors.size(); processor++) {
      slots.add(
          new PlannedSlot(processors.get(processor).id(), tasks(schedule, processor, scenario)));
    }
    return FollowSchedule.of(name, slots);
  }

  private static List<Fleet.Device> processors(Fleet fleet) {
    List<Fleet.Device> processors = new ArrayList<>();
    for (Fleet.Device device : fleet.devices()) {
      for (int slot = 0; slot < device.slots(); slot++) {
        processors.add(device);
      }
    }
    return processors;
  }

  private static StaticProblem problem(Scenario scenario, List<Fleet.Device> processors) {
    List<String> classes = scenario.problem().classes();
    int[] classNumbers =
        processors.stream().mapToInt(device -> classes.indexOf(device.deviceClass())).toArray();
    double[][] byClass = scenario.problem().secondsByTaskAndClass();
    double[][] seconds = new double[byClass.length][processors.size()];
    for (int task = 0; task < seconds.length; task++) {
      for (int processor = 0; processor < classNumbers.length; processor++) {
        seconds[task][processor] = byClass[task][classNumbers[processor]];
      }
    }
    int[] memories = processors.stream().mapToInt(scenario.fleet().devices()::indexOf).toArray();
    return new StaticProblem(
        seconds, scenario.problem().parents(), scenario.transferSeconds(), memories, classNumbers);
  }

  private static List<TaskRef> tasks(StaticSchedule schedule, int processor, Scenario scenario) {
    return IntStream.range(0, schedule.starts().length)
        .filter(task -> schedule.processors()[task] == processor)
        .boxed()
        // Tasks of no length may share a start with the one behind them.
        .sorted(
            Comparator.<Integer>comparingDouble(task -> schedule.starts()[task])
                .thenComparingDouble(task -> schedule.finishes()[task]))
        .map(task -> scenario.problem().tasks().get(task))
        .toList();
  }
}
