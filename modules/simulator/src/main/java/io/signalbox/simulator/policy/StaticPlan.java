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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A scenario planned beforehand: each slot of the fleet is a processor, each device a memory. The
 * plan knows when jobs will arrive: one more processor, a calendar, runs a chain of tasks that end
 * at the arrivals, and the jobs' first tasks are children of these.
 */
final class StaticPlan {
  private final Scenario scenario;
  private final List<Fleet.Device> processors = new ArrayList<>();
  private final double[] calendar;
  private final int tasks;

  private StaticPlan(Scenario scenario) {
    this.scenario = scenario;
    this.tasks = scenario.problem().tasks().size();
    for (Fleet.Device device : scenario.fleet().devices()) {
      for (int slot = 0; slot < device.slots(); slot++) {
        processors.add(device);
      }
    }
    this.calendar =
        Arrays.stream(scenario.arrivalSeconds()).filter(at -> at > 0).sorted().distinct().toArray();
  }

  static PlacementFactory of(String name, StaticScheduler scheduler, Scenario scenario) {
    StaticPlan plan = new StaticPlan(scenario);
    StaticSchedule schedule = scheduler.schedule(plan.problem());
    List<PlannedSlot> slots = new ArrayList<>();
    for (int processor = 0; processor < plan.processors.size(); processor++) {
      slots.add(
          new PlannedSlot(plan.processors.get(processor).id(), plan.tasksOf(processor, schedule)));
    }
    return FollowSchedule.of(name, slots);
  }

  private StaticProblem problem() {
    List<String> classes = scenario.problem().classes();
    int[] kinds =
        processors.stream().mapToInt(device -> classes.indexOf(device.deviceClass())).toArray();
    int[] memories = processors.stream().mapToInt(scenario.fleet().devices()::indexOf).toArray();
    if (calendar.length == 0) {
      return new StaticProblem(
          seconds(kinds),
          scenario.problem().parents(),
          scenario.transferSeconds(),
          memories,
          kinds);
    }
    return new StaticProblem(
        dated(seconds(kinds)),
        dated(scenario.problem().parents()),
        transfers(),
        with(memories, memories.length),
        with(kinds, classes.size()));
  }

  private double[][] seconds(int[] kinds) {
    double[][] byClass = scenario.problem().secondsByTaskAndClass();
    double[][] seconds = new double[byClass.length][kinds.length];
    for (int task = 0; task < seconds.length; task++) {
      for (int processor = 0; processor < kinds.length; processor++) {
        seconds[task][processor] = byClass[task][kinds[processor]];
      }
    }
    return seconds;
  }

  /** Run times with the calendar's: real tasks never run on it, and its own nowhere else. */
  private double[][] dated(double[][] seconds) {
    double[][] all = new double[tasks + calendar.length][];
    int own = processors.size();
    for (int task = 0; task < tasks; task++) {
      all[task] = Arrays.copyOf(seconds[task], own + 1);
      all[task][own] = Double.POSITIVE_INFINITY;
    }
    double before = 0;
    int next = tasks;
    for (double arrival : calendar) {
      all[next] = new double[own + 1];
      Arrays.fill(all[next], Double.POSITIVE_INFINITY);
      all[next++][own] = arrival - before;
      before = arrival;
    }
    return all;
  }

  private int[][] dated(int[][] parents) {
    int[][] all = new int[tasks + calendar.length][];
    for (int task = 0; task < tasks; task++) {
      Integer arrival = arrivalOf(task);
      all[task] = arrival == null ? parents[task] : new int[] {arrival};
    }
    for (int date = tasks; date < all.length; date++) {
      all[date] = date == tasks ? new int[0] : new int[] {date - 1};
    }
    return all;
  }

  private double[][] transfers() {
    double[][] all = new double[tasks + calendar.length][];
    for (int task = 0; task < tasks; task++) {
      all[task] = arrivalOf(task) == null ? scenario.transferSeconds()[task] : new double[1];
    }
    for (int date = tasks; date < all.length; date++) {
      all[date] = new double[date == tasks ? 0 : 1];
    }
    return all;
  }

  /** The calendar's task that a job's first task waits for, or null. */
  private @Nullable Integer arrivalOf(int task) {
    int date = Arrays.binarySearch(calendar, scenario.arrivalSeconds()[task]);
    return date < 0 || scenario.problem().parents()[task].length > 0 ? null : tasks + date;
  }

  private static int[] with(int[] values, int last) {
    int[] all = Arrays.copyOf(values, values.length + 1);
    all[values.length] = last;
    return all;
  }

  private List<TaskRef> tasksOf(int processor, StaticSchedule schedule) {
    return IntStream.range(0, tasks)
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
