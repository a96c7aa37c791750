package io.signalbox.simulator.gantt;

import io.signalbox.core.job.TaskSpec;
import io.signalbox.simulator.run.PlacedTask;
import io.signalbox.simulator.run.RunResult;
import io.signalbox.simulator.run.WastedAttempt;
import io.signalbox.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All attempts of a run, and what is known of them together. */
final class Bars {
  final List<Bar> all = new ArrayList<>();
  private final Scenario scenario;
  private final List<TaskSpec> specs;
  private final Map<String, NavigableMap<Double, Bar>> bySlot = new HashMap<>();

  Bars(Scenario scenario, RunResult run) {
    this.scenario = scenario;
    this.specs =
        scenario.workload().jobs().stream().flatMap(plan -> plan.tasks().stream()).toList();
    run.tasks().forEach(this::add);
    run.wasted().forEach(this::add);
    for (Bar bar : all) {
      bySlot.computeIfAbsent(slot(bar), slot -> new TreeMap<>()).put(bar.from(), bar);
    }
  }

  private void add(PlacedTask task) {
    all.add(
        new Bar(
            task.task(),
            scenario.problem().tasks().get(task.task()),
            specs.get(task.task()),
            task.attempt(),
            task.device(),
            task.slot(),
            task.startSeconds(),
            task.finishSeconds(),
            task.copy(),
            Bar.Fate.DONE));
  }

  private void add(WastedAttempt attempt) {
    Bar.Fate fate =
        switch (attempt.end()) {
          case CANCELLED -> Bar.Fate.CANCELLED;
          case SUPERSEDED -> Bar.Fate.SUPERSEDED;
          case LOST -> Bar.Fate.LOST;
        };
    all.add(
        new Bar(
            attempt.task(),
            scenario.problem().tasks().get(attempt.task()),
            specs.get(attempt.task()),
            attempt.attempt(),
            attempt.device(),
            attempt.slot(),
            attempt.startSeconds(),
            attempt.endSeconds(),
            attempt.copy(),
            fate));
  }

  /** When the last of them ended. */
  double end() {
    return all.stream().mapToDouble(Bar::to).max().orElse(0);
  }

  /** Operations, those that devices spent most time on first. */
  List<String> operations() {
    Map<String, Double> seconds = new HashMap<>();
    all.forEach(bar -> seconds.merge(bar.spec().operation(), bar.to() - bar.from(), Double::sum));
    return seconds.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * The chain of tasks that the makespan came from, last first: each one started when the one
   * behind it in the list let it, by its data or by leaving the slot.
   */
  List<Bar> criticalPath() {
    Map<Integer, Bar> done = new HashMap<>();
    all.stream().filter(Bar::done).forEach(bar -> done.put(bar.task(), bar));
    List<Bar> path = new ArrayList<>();
    Bar at = done.values().stream().max(Comparator.comparingDouble(Bar::to)).orElse(null);
    while (at != null) {
      path.add(at);
      at = reason(at, done);
    }
    return path;
  }

  private @Nullable Bar reason(Bar bar, Map<Integer, Bar> done) {
    Bar reason = null;
    double latest = Double.NEGATIVE_INFINITY;
    int[] parents = scenario.problem().parents()[bar.task()];
    for (int i = 0; i < parents.length; i++) {
      Bar parent = done.get(parents[i]);
      if (parent != null) {
        boolean near = parent.device().id().equals(bar.device().id());
        double there = parent.to() + (near ? 0 : scenario.transferSeconds()[bar.task()][i]);
        if (there > latest) {
          latest = there;
          reason = parent;
        }
      }
    }
    Bar before = before(bar);
    return before != null && before.to() > latest ? before : reason;
  }

  /** The attempt that had the slot before, or null. */
  private @Nullable Bar before(Bar bar) {
    NavigableMap<Double, Bar> slot = bySlot.get(slot(bar));
    Map.Entry<Double, Bar> before = slot == null ? null : slot.lowerEntry(bar.from());
    return before == null || before.getValue().to() > bar.from() ? null : before.getValue();
  }

  private static String slot(Bar bar) {
    return bar.device().id() + " " + bar.slot();
  }
}
