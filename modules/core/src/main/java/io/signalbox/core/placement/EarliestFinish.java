package io.signalbox.core.placement;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.DataLocation;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.Work;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Places ready tasks, the highest upward rank first, each where it should finish first over all
 * classes: HEFT's rule (Topcuoglu, Hariri, Wu 2002) with the device bound late. A task whose best
 * device is busy for longer than {@link #PREFETCH_SECONDS} stays unbound, but reserves the slot it
 * hopes for, so that lower tasks plan around it.
 */
public final class EarliestFinish {
  /** Name of the policy, in decisions. */
  public static final String NAME = "earliest-finish";

  /**
   * A device is given its next task that long before it should be free, so that the offer's way
   * through Kafka doesn't leave it idle.
   */
  static final double PREFETCH_SECONDS = 0.1;

  /** At most this many tasks are looked at for each device, so that a decision stays cheap. */
  private static final int SCAN_PER_DEVICE = 6;

  private final Fleet fleet;
  private final RunTimeEstimator estimator;
  private final ReadyTasks ready;

  public EarliestFinish(Fleet fleet, RunTimeEstimator estimator, ReadyTasks ready) {
    this.fleet = fleet;
    this.estimator = estimator;
    this.ready = ready;
  }

  /**
   * Places what can be placed now. The consumer must occupy the binding's device before it returns.
   */
  public void place(double now, Consumer<Binding> consumer) {
    fleet.predictOverdue(now);
    PriorityQueue<Cursor> cursors = cursors();
    int scans = SCAN_PER_DEVICE * fleet.classes().stream().mapToInt(ClassDevices::size).sum();
    while (!cursors.isEmpty() && scans > 0) {
      Cursor cursor = cursors.remove();
      if (!canTake(cursor.group.classes(), now)) {
        continue;
      }
      Task task = cursor.task;
      if (task.job().ended()) {
        cursor.drop();
      } else {
        scans--;
        Binding binding = best(task, now);
        if (binding != null && bindable(binding, now)) {
          cursor.drop();
          consumer.accept(binding);
        } else if (binding != null) {
          fleet.reserve(binding.device(), binding.startsAt(), binding.predictedSeconds());
        }
      }
      if (cursor.advance()) {
        cursors.add(cursor);
      }
    }
    ready.prune();
    fleet.dropReservations(now);
  }

  /** Where the task should finish first, or null when no device can take it. */
  private @Nullable Binding best(Task task, double now) {
    DataLocation data = task.data() == null ? DataLocation.NONE : task.data();
    Work work = task.workload();
    Binding best = null;
    for (ClassDevices candidates : fleet.classes()) {
      if (allows(task.spec().classes(), candidates)) {
        double seconds = estimator.seconds(work, candidates.name());
        best = earlier(best, task, candidates.first(task.spec().memoryBytes()), seconds, data, now);
      }
    }
    Device holder = data.device() == null ? null : fleet.device(data.device());
    if (holder != null && canHold(task, holder)) {
      double seconds = estimator.seconds(work, holder.deviceClass());
      best = earlier(best, task, holder, seconds, data, now);
    }
    return best;
  }

  private boolean canHold(Task task, Device holder) {
    return holder.willing()
        && holder.hasMemory(task.spec().memoryBytes())
        && (task.spec().classes().isEmpty()
            || task.spec().classes().contains(holder.deviceClass()));
  }

  private static @Nullable Binding earlier(
      @Nullable Binding best,
      Task task,
      @Nullable Device device,
      double seconds,
      DataLocation data,
      double now) {
    if (device == null) {
      return best;
    }
    double free = Math.max(now, device.availableAt());
    double start = Math.max(free, data.readyOn(device.id()));
    double finish = start + seconds;
    // On a tie the first class of the settings wins, so that equal inputs give equal decisions.
    return best == null || finish < best.finishesAt()
        ? new Binding(task, device, start, seconds, finish)
        : best;
  }

  private static boolean bindable(Binding binding, double now) {
    Device device = binding.device();
    return device.takesOffers() && device.availableAt() - now <= PREFETCH_SECONDS;
  }

  /** True when some class of the list has a device that an offer could go to. */
  private boolean canTake(List<String> classes, double now) {
    for (ClassDevices candidates : fleet.classes()) {
      if (allows(classes, candidates)
          && (candidates.freeSize() > 0 || prefetches(candidates, now))) {
        return true;
      }
    }
    return false;
  }

  private static boolean prefetches(ClassDevices candidates, double now) {
    for (Device device : candidates.busy()) {
      if (device.availableAt() - now > PREFETCH_SECONDS) {
        return false;
      }
      if (device.takesOffers()) {
        return true;
      }
    }
    return false;
  }

  private static boolean allows(List<String> classes, ClassDevices candidates) {
    return classes.isEmpty() || classes.contains(candidates.name());
  }

  private PriorityQueue<Cursor> cursors() {
    PriorityQueue<Cursor> cursors =
        new PriorityQueue<>(Comparator.comparing(cursor -> cursor.task, ReadyTasks.ORDER));
    for (ReadyTasks.Group group : ready.groups()) {
      Iterator<Task> tasks = group.tasks().iterator();
      cursors.add(new Cursor(group, tasks, tasks.next()));
    }
    return cursors;
  }

  /** The place reached in one group. */
  private static final class Cursor {
    private final ReadyTasks.Group group;
    private final Iterator<Task> tasks;
    private Task task;

    private Cursor(ReadyTasks.Group group, Iterator<Task> tasks, Task first) {
      this.group = group;
      this.tasks = tasks;
      this.task = first;
    }

    private void drop() {
      tasks.remove();
    }

    private boolean advance() {
      if (!tasks.hasNext()) {
        return false;
      }
      task = tasks.next();
      return true;
    }
  }
}
