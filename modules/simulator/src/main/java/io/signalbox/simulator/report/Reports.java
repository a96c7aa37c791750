package io.signalbox.simulator.report;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.simulator.run.PlacedTask;
import io.signalbox.simulator.run.RunResult;
import io.signalbox.simulator.run.WastedAttempt;
import io.signalbox.simulator.scenario.Scenario;
import io.signalbox.simulator.workload.Fleet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Makes reports of runs. */
public final class Reports {
  private Reports() {}

  /** A run in figures. */
  public static SimulationReport of(Scenario scenario, RunResult run) {
    int tasks = run.tasks().size();
    double makespan = run.makespanSeconds();
    double bound = scenario.lowerBoundSeconds();
    double response = 0;
    double wait = 0;
    for (PlacedTask task : run.tasks()) {
      response += task.finishSeconds() - task.readySeconds();
      wait += task.startSeconds() - task.readySeconds();
    }
    Map<String, Double> busy = busySeconds(scenario, run);
    return new SimulationReport(
        scenario.workload().name(),
        run.policy(),
        run.seed(),
        tasks,
        makespan,
        bound,
        quotient(makespan, bound),
        quotient(response, tasks),
        quotient(wait, tasks),
        utilisation(scenario, busy, makespan),
        energyJoules(scenario, busy, makespan),
        run.deadlineMisses(),
        run.rejected().size(),
        run.attempts(),
        run.copies(),
        run.decisions(),
        quotient(run.decisionNanos() / 1e3, run.decisions()));
  }

  /**
   * The geometric mean of the ratios by policy, in the order in which policies first come up; what
   * to compare policies by over several workloads.
   */
  public static Map<String, Double> meanRatios(Collection<SimulationReport> reports) {
    Map<String, Double> logs = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (SimulationReport report : reports) {
      logs.merge(report.policy(), Math.log(report.ratio()), Double::sum);
      counts.merge(report.policy(), 1, Integer::sum);
    }
    Map<String, Double> means = new LinkedHashMap<>();
    counts.forEach(
        (policy, count) -> means.put(policy, Math.exp(logs.getOrDefault(policy, 0.0) / count)));
    return means;
  }

  /** By device, the time its slots were busy, added up. */
  private static Map<String, Double> busySeconds(Scenario scenario, RunResult run) {
    Map<String, Double> busy = new LinkedHashMap<>();
    scenario.fleet().devices().forEach(device -> busy.put(device.id(), 0.0));
    for (PlacedTask task : run.tasks()) {
      busy.merge(task.device().id(), task.finishSeconds() - task.startSeconds(), Double::sum);
    }
    for (WastedAttempt attempt : run.wasted()) {
      busy.merge(attempt.device().id(), attempt.endSeconds() - attempt.startSeconds(), Double::sum);
    }
    return busy;
  }

  private static Map<String, Double> utilisation(
      Scenario scenario, Map<String, Double> busy, double makespan) {
    Map<String, Double> used = new TreeMap<>();
    for (Fleet.Device device : scenario.fleet().devices()) {
      used.merge(device.deviceClass(), busy.getOrDefault(device.id(), 0.0), Double::sum);
    }
    Map<String, Integer> slots = scenario.fleet().slotsByClass();
    used.replaceAll((name, seconds) -> quotient(seconds, slots.getOrDefault(name, 0) * makespan));
    return used;
  }

  private static double energyJoules(Scenario scenario, Map<String, Double> busy, double makespan) {
    Map<String, DeviceClass> classes = new LinkedHashMap<>();
    scenario.classes().forEach(deviceClass -> classes.put(deviceClass.name(), deviceClass));
    double joules = 0;
    for (Fleet.Device device : scenario.fleet().devices()) {
      DeviceClass deviceClass = classes.get(device.deviceClass());
      if (deviceClass != null) {
        double busySeconds = busy.getOrDefault(device.id(), 0.0) / device.slots();
        joules += deviceClass.idleWatts() * makespan;
        joules += (deviceClass.busyWatts() - deviceClass.idleWatts()) * busySeconds;
      }
    }
    return joules;
  }

  private static double quotient(double value, double by) {
    return by == 0 ? 0 : value / by;
  }
}
