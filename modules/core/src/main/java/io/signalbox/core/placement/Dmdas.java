package io.signalbox.core.placement;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Early binding: StarPU's dmdas ("deque model data aware, sorted"; Augonnet, Thibault, Namyst,
 * Wacrenier 2011). A task that becomes ready is bound at once to the device where it should finish
 * first behind all that is bound there, transfers counted; the device takes its tasks by upward
 * rank. Bound tasks stay where they are, but for a device that goes away.
 */
final class Dmdas implements Placement {
  static final String NAME = "dmdas";

  /** What is bound to one device and not offered yet. */
  private static final class Queue {
    private final TreeSet<Task> tasks = new TreeSet<>(ReadyTasks.ORDER);
    private double seconds;
  }

  private record Bound(Device device, double seconds, List<Candidate> weighed) {}

  private final Fleet fleet;
  private final Finishes finishes;
  private final Prospects prospects;
  private final Set<Task> unbound = new LinkedHashSet<>();
  private final Map<Task, Bound> bound = new HashMap<>();
  private final Map<Device, Queue> queues = new LinkedHashMap<>();
  private long sequence;

  Dmdas(Fleet fleet, RunTimeEstimator estimator) {
    this.fleet = fleet;
    this.finishes = new Finishes(fleet, estimator);
    this.prospects = new Prospects(fleet, finishes);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void add(Task task) {
    task.queueAs(ReadyTasks.rank(task), ++sequence);
    unbound.add(task);
  }

  @Override
  public void remove(Task task) {
    unbound.remove(task);
    Bound binding = bound.remove(task);
    Queue queue = binding == null ? null : queues.get(binding.device());
    if (binding != null && queue != null && queue.tasks.remove(task)) {
      queue.seconds = queue.tasks.isEmpty() ? 0 : queue.seconds - binding.seconds();
    }
  }

  @Override
  public boolean contains(Task task) {
    return unbound.contains(task) || bound.containsKey(task);
  }

  @Override
  public void place(double now, Consumer<Binding> consumer) {
    fleet.predictOverdue(now);
    unbindFromLost();
    bind(now);
    for (Map.Entry<Device, Queue> entry : queues.entrySet()) {
      Device device = entry.getKey();
      Queue queue = entry.getValue();
      while (device.idle() && !queue.tasks.isEmpty()) {
        Task task = queue.tasks.first();
        Bound binding = bound.get(task);
        remove(task);
        if (!task.job().ended() && binding != null) {
          consumer.accept(finishes.on(device, task, now).decided(binding.weighed()));
        }
      }
    }
    queues.values().removeIf(queue -> queue.tasks.isEmpty());
  }

  @Override
  public QueueState explain(Task task, double now) {
    List<ClassState> classes = prospects.classes(task, now);
    Bound binding = bound.get(task);
    if (binding == null) {
      return new QueueState(NAME, 0, classes, List.of(prospects.withoutPlan(task, classes)));
    }
    Queue queue = queues.get(binding.device());
    int before = queue == null ? 0 : ReadyTasks.before(task, queue.tasks, QueueState.MOST_COUNTED);
    WaitReason reason = new WaitReason.Bound(binding.device().id(), before);
    return new QueueState(NAME, before, classes, List.of(reason));
  }

  private void unbindFromLost() {
    for (Map.Entry<Device, Queue> entry : queues.entrySet()) {
      Device device = entry.getKey();
      if (!device.willing() || fleet.device(device.id()) != device) {
        for (Task task : new ArrayList<>(entry.getValue().tasks)) {
          remove(task);
          unbound.add(task);
        }
      }
    }
  }

  private void bind(double now) {
    Iterator<Task> tasks = unbound.iterator();
    while (tasks.hasNext()) {
      Task task = tasks.next();
      Binding best = task.job().ended() ? null : best(task, now);
      if (best != null) {
        Queue queue = queues.computeIfAbsent(best.device(), device -> new Queue());
        queue.tasks.add(task);
        queue.seconds += best.predictedSeconds();
        bound.put(task, new Bound(best.device(), best.predictedSeconds(), best.candidates()));
      }
      if (best != null || task.job().ended()) {
        tasks.remove();
      }
    }
  }

  /** Where the task should finish first behind what is bound, or null when nothing can take it. */
  private @Nullable Binding best(Task task, double now) {
    Binding best = null;
    List<Candidate> weighed = new ArrayList<>(fleet.classes().size());
    for (ClassDevices candidates : fleet.classes()) {
      Binding ofClass = best(task, candidates, now);
      if (ofClass != null) {
        weighed.add(ofClass.candidate());
        best = best == null ? ofClass : earlier(best, ofClass);
      }
    }
    weighed.sort(Finishes.BEST_FIRST);
    return best == null ? null : best.decided(weighed);
  }

  private @Nullable Binding best(Task task, ClassDevices candidates, double now) {
    Binding best = null;
    for (Iterable<Device> devices : List.of(candidates.free(), candidates.busy())) {
      for (Device device : devices) {
        if (Finishes.canHold(task, device)) {
          Binding binding = finishes.on(device, task, freeAt(device, now), now);
          best = best == null ? binding : earlier(best, binding);
        }
      }
    }
    return best;
  }

  private static Binding earlier(Binding best, Binding next) {
    return next.finishesAt() < best.finishesAt() ? next : best;
  }

  private double freeAt(Device device, double now) {
    Queue queue = queues.get(device);
    double queued = queue == null ? 0 : queue.seconds / device.report().slots();
    return Math.max(now, device.availableAt()) + queued;
  }
}
