package io.signalbox.core.placement;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows a schedule that was made beforehand, as static schedulers do: every slot runs its tasks
 * in their fixed order, and waits for the next one even if another is ready. Times aren't followed:
 * what is late shifts what comes after it. Tasks that the schedule doesn't know, or knows on a
 * device that is gone, are placed by {@link EarliestFinish}.
 */
public final class FollowSchedule implements Placement {
  /**
   * What one slot of a device shall run.
   *
   * @param device id of the device
   * @param tasks in their order
   */
  public record PlannedSlot(String device, List<TaskRef> tasks) {
    public PlannedSlot {
      tasks = List.copyOf(tasks);
    }
  }

  private static final class Slot {
    private final String device;
    private final Deque<TaskRef> tasks;
    private @Nullable Task current;

    private Slot(PlannedSlot planned) {
      this.device = planned.device();
      this.tasks = new ArrayDeque<>(planned.tasks());
    }
  }

  private final String name;
  private final Fleet fleet;
  private final Finishes finishes;
  private final Prospects prospects;
  private final EarliestFinish unplanned;
  private final List<Slot> slots = new ArrayList<>();
  private final Set<TaskRef> planned = new HashSet<>();
  private final Map<TaskRef, Task> ready = new HashMap<>();
  private final Map<String, Job> jobs = new HashMap<>();

  private FollowSchedule(
      String name, List<PlannedSlot> schedule, Fleet fleet, RunTimeEstimator estimator) {
    this.name = name;
    this.fleet = fleet;
    this.finishes = new Finishes(fleet, estimator);
    this.prospects = new Prospects(fleet, finishes);
    this.unplanned = new EarliestFinish(fleet, estimator);
    for (PlannedSlot slot : schedule) {
      slots.add(new Slot(slot));
      planned.addAll(slot.tasks());
    }
  }

  /**
   * The policy for a schedule.
   *
   * @param name what decisions call it, for instance the scheduler that made the schedule
   * @param schedule each slot's tasks
   */
  public static PlacementFactory of(String name, List<PlannedSlot> schedule) {
    List<PlannedSlot> fixed = List.copyOf(schedule);
    return (fleet, estimator, settings) -> new FollowSchedule(name, fixed, fleet, estimator);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void add(Task task) {
    TaskRef ref = refOf(task);
    jobs.put(ref.job(), task.job());
    if (planned.contains(ref)) {
      ready.put(ref, task);
    } else {
      unplanned.add(task);
    }
  }

  @Override
  public void remove(Task task) {
    if (!ready.remove(refOf(task), task)) {
      unplanned.remove(task);
    }
  }

  @Override
  public boolean contains(Task task) {
    return ready.get(refOf(task)) == task || unplanned.contains(task);
  }

  @Override
  public void place(double now, Consumer<Binding> consumer) {
    for (Slot slot : slots) {
      Device device = fleet.device(slot.device);
      if (device == null || !device.willing()) {
        giveUp(slot);
      } else {
        advance(slot, device, now, consumer);
      }
    }
    unplanned.place(now, consumer);
  }

  @Override
  public QueueState explain(Task task, double now) {
    TaskRef ref = refOf(task);
    for (Slot slot : slots) {
      if (slot.tasks.contains(ref)) {
        return explain(task, slot, now);
      }
    }
    return unplanned.explain(task, now);
  }

  private QueueState explain(Task task, Slot slot, double now) {
    TaskRef ref = refOf(task);
    int before = List.copyOf(slot.tasks).indexOf(ref);
    Device device = fleet.device(slot.device);
    Task current = slot.current;
    boolean busy = current != null && device != null && device.occupant(current) != null;
    TaskRef next = busy && current != null ? refOf(current) : slot.tasks.getFirst();
    WaitReason reason =
        next.equals(ref)
            ? new WaitReason.NextLook()
            : new WaitReason.Scheduled(slot.device, next, before);
    return new QueueState(name, before, prospects.classes(task, now), List.of(reason));
  }

  private void advance(Slot slot, Device device, double now, Consumer<Binding> consumer) {
    while (!slot.tasks.isEmpty() && device.idle() && isFree(slot, device)) {
      TaskRef next = slot.tasks.getFirst();
      Job job = jobs.get(next.job());
      Task task = ready.get(next);
      if (job != null && job.ended()) {
        forget(slot, next);
      } else if (task == null) {
        return;
      } else {
        forget(slot, next);
        slot.current = task;
        consumer.accept(finishes.on(device, task, now).decidedAlone());
      }
    }
  }

  /** An attempt that came to no good is a task of nobody's plan when it comes again. */
  private void forget(Slot slot, TaskRef next) {
    slot.tasks.removeFirst();
    planned.remove(next);
    ready.remove(next);
  }

  private static boolean isFree(Slot slot, Device device) {
    return slot.current == null || device.occupant(slot.current) == null;
  }

  /** The slot's device is gone: what is ready or becomes so goes wherever it can. */
  private void giveUp(Slot slot) {
    slot.tasks.forEach(planned::remove);
    for (TaskRef ref : slot.tasks) {
      Task task = ready.remove(ref);
      if (task != null) {
        unplanned.add(task);
      }
    }
    slot.tasks.clear();
  }

  private static TaskRef refOf(Task task) {
    return new TaskRef(task.job().id(), task.id());
  }
}
