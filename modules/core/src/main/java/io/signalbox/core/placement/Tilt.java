package io.signalbox.core.placement;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.hotspot.HotOperation;
import io.signalbox.core.job.Task;
import io.signalbox.core.plan.RollingPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Towards which hot operations {@link PlanGuided} leans, and how far. Their tasks are more urgent,
 * the more so the shorter they are beside the others; and slots are kept for them in proportion to
 * their share of the pool's time, first on the classes where a second is worth least for what the
 * operation gets done in it, that is, on which its relative speed is best, and no more than the
 * others can do without. Without hot operations it costs a look at an empty map.
 */
final class Tilt {
  /** A weight that has moved by less isn't worth sorting a queue anew. */
  private static final double NOTABLE = 0.1;

  /**
   * What others had in use on average may fill so much of what is left to them; with less room,
   * their queues would grow. So slots are kept from bursts, not from what is there all the time.
   */
  private static final double MOST_USE = 0.8;

  private final TiltSettings settings;

  /** By operation, the largest share first. */
  private final Map<String, Lean> leans = new LinkedHashMap<>();

  private static final class Lean {
    private final double share;
    private final double weight;

    /** Some task of the operation: what its run times are asked by. */
    private @Nullable Task example;

    private Lean(double share, double weight) {
      this.share = share;
      this.weight = weight;
    }
  }

  Tilt(TiltSettings settings) {
    this.settings = settings;
  }

  boolean isNone() {
    return leans.isEmpty();
  }

  boolean leansTo(Task task) {
    return leans.containsKey(task.operation());
  }

  /** What being hot adds to the task's priority. */
  double weight(Task task) {
    Lean lean = leans.isEmpty() ? null : leans.get(task.operation());
    return lean == null ? 0 : lean.weight;
  }

  /** A task is queued: it may be the first of a hot operation. */
  void queued(Task task) {
    Lean lean = leans.isEmpty() ? null : leans.get(task.operation());
    if (lean != null) {
      lean.example = task;
    }
  }

  /** The operations that it leans towards. */
  Set<String> operations() {
    return Set.copyOf(leans.keySet());
  }

  /**
   * From now on these are hot.
   *
   * @param hot by operation and class, in any order
   * @return operations whose tasks are of another urgency now
   */
  Set<String> become(Collection<HotOperation> hot) {
    Map<String, Lean> before = new LinkedHashMap<>(leans);
    leans.clear();
    for (Map.Entry<String, double[]> each : largest(hot)) {
      Lean last = before.get(each.getKey());
      double weight = weight(each.getValue()[0], each.getValue()[1]);
      Lean lean =
          new Lean(each.getValue()[0], last == null || far(last, weight) ? weight : last.weight);
      lean.example = last == null ? null : last.example;
      leans.put(each.getKey(), lean);
    }
    Set<String> changed = new HashSet<>(before.keySet());
    changed.addAll(leans.keySet());
    changed.removeIf(operation -> weightOf(before, operation) == weightOf(leans, operation));
    return changed;
  }

  private boolean far(Lean last, double weight) {
    return Math.abs(weight - last.weight) > NOTABLE * settings.weight();
  }

  /** Share of the time and of the attempts by operation, over all classes that it is hot on. */
  private List<Map.Entry<String, double[]>> largest(Collection<HotOperation> hot) {
    Map<String, double[]> shares = new LinkedHashMap<>();
    for (HotOperation each : hot) {
      double[] sum = shares.computeIfAbsent(each.operation(), created -> new double[2]);
      sum[0] = Math.min(1, sum[0] + each.share());
      sum[1] = Math.min(1, sum[1] + each.countShare());
    }
    return shares.entrySet().stream()
        .sorted(
            Comparator.comparingDouble((Map.Entry<String, double[]> each) -> -each.getValue()[0])
                .thenComparing(Map.Entry::getKey))
        .limit(settings.operations())
        .toList();
  }

  private double weight(double share, double countShare) {
    return countShare > 0 ? settings.weight() * Math.max(0, 1 - share / countShare) : 0;
  }

  private static double weightOf(Map<String, Lean> of, String operation) {
    Lean lean = of.get(operation);
    return lean == null ? 0 : lean.weight;
  }

  /** What is done for each hot operation, the one with the largest share first. */
  List<Favour> favours(Fleet fleet, RunTimeEstimator estimator, RollingPlan plan, double now) {
    int[] free = new int[fleet.classes().size()];
    int total = 0;
    for (ClassDevices candidates : fleet.classes()) {
      free[candidates.number()] = spare(candidates, now);
      total += candidates.slots();
    }
    List<Favour> favours = new ArrayList<>();
    for (Map.Entry<String, Lean> each : leans.entrySet()) {
      Lean lean = each.getValue();
      Map<String, Integer> kept = new LinkedHashMap<>();
      int wanted = (int) Math.round(lean.share * total);
      for (ClassDevices candidates : bestFirst(lean.example, fleet, estimator, plan)) {
        int taken = Math.min(wanted, free[candidates.number()]);
        if (taken > 0) {
          kept.put(candidates.name(), taken);
          free[candidates.number()] -= taken;
          wanted -= taken;
        }
      }
      favours.add(new Favour(each.getKey(), lean.share, lean.weight, kept));
    }
    return favours;
  }

  /** Slots of a class that others can do without. */
  private int spare(ClassDevices candidates, double now) {
    double needed = candidates.meanOthers(now) / MOST_USE;
    return (int)
        Math.max(0, Math.min(settings.slots() * candidates.slots(), candidates.slots() - needed));
  }

  private static List<ClassDevices> bestFirst(
      @Nullable Task example, Fleet fleet, RunTimeEstimator estimator, RollingPlan plan) {
    if (example == null) {
      return List.of();
    }
    return fleet.classes().stream()
        .filter(candidates -> candidates.slots() > 0)
        .filter(candidates -> Finishes.allows(example.kind().classes(), candidates))
        .sorted(
            Comparator.comparingDouble((ClassDevices candidates) ->
                plan.price(candidates) * estimator.seconds(example.workload(), candidates.name())))
        .toList();
  }

  /**
   * How many slots of each class operations that aren't hot may hold, by the class's number; null
   * while nothing is hot.
   */
  int @Nullable [] mostForOthers(
      Fleet fleet, RunTimeEstimator estimator, RollingPlan plan, double now) {
    if (leans.isEmpty()) {
      return null;
    }
    int[] most = new int[fleet.classes().size()];
    for (ClassDevices candidates : fleet.classes()) {
      most[candidates.number()] = candidates.slots();
    }
    for (Favour favour : favours(fleet, estimator, plan, now)) {
      favour
          .keptSlots()
          .forEach((name, kept) -> {
            ClassDevices candidates = fleet.ofClass(name);
            if (candidates != null) {
              most[candidates.number()] -= kept;
            }
          });
    }
    return most;
  }
}
