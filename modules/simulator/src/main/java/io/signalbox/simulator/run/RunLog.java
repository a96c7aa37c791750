package io.signalbox.simulator.run;

import io.signalbox.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/** What has happened in a run so far: where each task was done, and what came to nothing. */
final class RunLog {
  private final Scenario scenario;
  private final List<PlacedTask> done = new ArrayList<>();
  private final List<WastedAttempt> wasted = new ArrayList<>();
  private final double[] finishedAt;
  private final VirtualDevice[] finishedOn;
  private int started;
  private int copies;

  RunLog(Scenario scenario) {
    this.scenario = scenario;
    int tasks = scenario.problem().tasks().size();
    finishedAt = new double[tasks];
    finishedOn = new VirtualDevice[tasks];
  }

  List<PlacedTask> done() {
    return done;
  }

  List<WastedAttempt> wasted() {
    return wasted;
  }

  int started() {
    return started;
  }

  int copies() {
    return copies;
  }

  /** True when all parents of a task are done and its job has arrived. */
  boolean ready(int task, double now) {
    for (int parent : scenario.problem().parents()[task]) {
      if (finishedOn[parent] == null) {
        return false;
      }
    }
    return scenario.arrivalSeconds()[task] <= now;
  }

  /** When the data of a task's parents is on the device. */
  double inputsOn(VirtualDevice device, int task) {
    int[] parents = scenario.problem().parents()[task];
    double there = 0;
    for (int i = 0; i < parents.length; i++) {
      double transfer = device == finishedOn[parents[i]] ? 0 : scenario.transferSeconds()[task][i];
      there = Math.max(there, finishedAt[parents[i]] + transfer);
    }
    return there;
  }

  void started(Attempt attempt) {
    started++;
    copies += attempt.copy ? 1 : 0;
  }

  /** The attempt is done; the first one to be so is what counts. */
  void finished(Attempt attempt) {
    if (finishedOn[attempt.task] != null) {
      wasted(attempt, attempt.finishesAt, WastedAttempt.End.SUPERSEDED);
      return;
    }
    double ready = scenario.arrivalSeconds()[attempt.task];
    for (int parent : scenario.problem().parents()[attempt.task]) {
      ready = Math.max(ready, finishedAt[parent]);
    }
    finishedAt[attempt.task] = attempt.finishesAt;
    finishedOn[attempt.task] = attempt.device;
    done.add(
        new PlacedTask(
            attempt.task,
            attempt.ref.attempt(),
            attempt.copy,
            attempt.device.device,
            attempt.slot,
            ready,
            attempt.startsAt,
            attempt.finishesAt));
  }

  /** The attempt ends without having done its task; one that never ran leaves no trace. */
  void wasted(Attempt attempt, double now, WastedAttempt.End end) {
    if (attempt.running) {
      wasted.add(
          new WastedAttempt(
              attempt.task,
              attempt.ref.attempt(),
              attempt.copy,
              attempt.device.device,
              attempt.slot,
              attempt.startsAt,
              now,
              end));
    }
  }
}
