package io.signalbox.core.placement;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.DataLocation;
import io.signalbox.core.job.LabelRules;
import io.signalbox.core.job.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When tasks should finish on which device. */
public final class Finishes {
  /** The smallest score first; stable, so that on a tie the order of the settings remains. */
  static final Comparator<Candidate> BEST_FIRST = Comparator.comparingDouble(Candidate::score);

  /** What speaks against a device beside the time that it takes, in seconds; may be negative. */
  @FunctionalInterface
  interface Cost {
    double seconds(Task task, Device device, double predictedSeconds);
  }

  private final Fleet fleet;
  private final RunTimeEstimator estimator;
  private final Cost cost;

  /** What a policy or the watch for stragglers asks; only finishes count. */
  public Finishes(Fleet fleet, RunTimeEstimator estimator) {
    this(fleet, estimator, (task, device, seconds) -> 0);
  }

  /** What a policy asks that weighs other things too. */
  Finishes(Fleet fleet, RunTimeEstimator estimator, Cost cost) {
    this.fleet = fleet;
    this.estimator = estimator;
    this.cost = cost;
  }

  /**
   * Where the task should finish first, busy devices included, or null when no device can take it.
   * Looks at one device of each class, at one that is warm if the fleet finds such, at one with the
   * labels that are preferred, at one in the zone of the data, and at the one that holds the task's
   * slowest input.
   */
  @Nullable Binding first(Task task, double now) {
    Binding best = null;
    for (ClassDevices candidates : fleet.classes()) {
      if (allows(task.kind().classes(), candidates)) {
        Binding binding = among(candidates, task, now);
        // On a tie the first class of the settings wins, so that equal inputs give equal decisions.
        best = binding == null ? best : earlier(best, binding);
      }
    }
    Device holder = holder(task);
    if (holder != null && canHold(task, holder)) {
      best = earlier(best, on(holder, task, now));
    }
    return best;
  }

  /**
   * Where the task should finish first within a class, or null when no device of it can take it.
   */
  @Nullable Binding firstIn(ClassDevices candidates, Task task, double now) {
    if (!allows(task.kind().classes(), candidates)) {
      return null;
    }
    Binding best = among(candidates, task, now);
    Device holder = holder(task);
    if (holder != null
        && (best == null || holder != best.device())
        && holder.owner() == candidates
        && canHold(task, holder)) {
      best = earlier(best, on(holder, task, now));
    }
    return best;
  }

  /** On the device of a class that is free first, or on one that is warm, if that is worth it. */
  private @Nullable Binding among(ClassDevices candidates, Task task, double now) {
    Device device = candidates.first(task.kind());
    if (device == null) {
      return null;
    }
    Binding first = on(device, task, now);
    Device warm = warm(candidates, task);
    first = warm == null || warm == device ? first : earlier(first, on(warm, task, now));
    Device preferred = preferred(candidates, task);
    first =
        preferred == null || preferred == device ? first : earlier(first, on(preferred, task, now));
    Device near = near(candidates, task);
    return near == null || near == device ? first : earlier(first, on(near, task, now));
  }

  private static @Nullable Device preferred(ClassDevices candidates, Task task) {
    Map<String, String> labels = task.kind().labels().preferred();
    return labels.isEmpty() ? null : candidates.first(task.kind(), labels);
  }

  /** One in the zone of the data, where it matters where that is. */
  private @Nullable Device near(ClassDevices candidates, Task task) {
    Device holder = data(task).byZone().isEmpty() ? null : holder(task);
    return holder == null || holder.report().zone().isEmpty()
        ? null
        : candidates.first(task.kind(), Map.of(LabelRules.ZONE, holder.report().zone()));
  }

  private static @Nullable Device warm(ClassDevices candidates, Task task) {
    return candidates.firstWarm(task.kind());
  }

  /**
   * What {@link #first} found, decided, with the devices that it was weighed against. They are
   * looked up once more, since most tasks that are looked at aren't placed; so the devices must be
   * as they were.
   */
  Binding decided(Binding first, double now) {
    Task task = first.task();
    List<Candidate> weighed = new ArrayList<>(fleet.classes().size() + 1);
    Device holder = holder(task);
    for (ClassDevices candidates : fleet.classes()) {
      if (allows(task.kind().classes(), candidates)) {
        Device device = candidates.first(task.kind());
        if (device != null && device != holder) {
          weighed.add(on(device, task, now).candidate());
        }
        for (Device other : others(candidates, task)) {
          if (other != device && other != holder) {
            weighed.add(on(other, task, now).candidate());
          }
        }
      }
    }
    if (holder != null && canHold(task, holder)) {
      weighed.add(on(holder, task, now).candidate());
    }
    weighed.sort(BEST_FIRST);
    return first.decided(weighed);
  }

  /** What a class was asked for beside the device that is free first: mostly nothing. */
  private Set<Device> others(ClassDevices candidates, Task task) {
    Device warm = warm(candidates, task);
    Device preferred = preferred(candidates, task);
    Device near = near(candidates, task);
    if (warm == null && preferred == null && near == null) {
      return Set.of();
    }
    Set<Device> others = new LinkedHashSet<>();
    Stream.of(warm, preferred, near).filter(Objects::nonNull).forEach(others::add);
    return others;
  }

  /** The task on the device, behind what the device has to do. */
  public Binding on(Device device, Task task, double now) {
    return on(device, task, Math.max(now, device.availableAt()), now);
  }

  /** The task on the device, which is free for it at a time. */
  Binding on(Device device, Task task, double freeAt, double now) {
    double seconds =
        estimator.secondsKept(task.workload(), device.owner().name()) * device.slowness();
    double start =
        Math.max(Math.max(now, freeAt), data(task).readyOn(device.id(), device.report().zone()));
    return Binding.possible(task, device, start, seconds, cost.seconds(task, device, seconds));
  }

  /** Whether the device takes work at all and the task may run there. */
  public static boolean canHold(Task task, Device device) {
    List<String> classes = task.kind().classes();
    return device.willing()
        && device.fits(task.kind())
        && (classes.isEmpty() || classes.contains(device.deviceClass()));
  }

  /** Whether a task that may run on these classes, none meaning any, may run on that one. */
  public static boolean allows(List<String> classes, ClassDevices candidates) {
    return classes.isEmpty() || classes.contains(candidates.name());
  }

  private @Nullable Device holder(Task task) {
    String device = data(task).device();
    return device == null ? null : fleet.device(device);
  }

  private static DataLocation data(Task task) {
    return task.data() == null ? DataLocation.NONE : task.data();
  }

  private static Binding earlier(@Nullable Binding best, Binding candidate) {
    return best == null || candidate.score() < best.score() ? candidate : best;
  }
}
