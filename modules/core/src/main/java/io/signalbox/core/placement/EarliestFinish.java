package io.signalbox.core.placement;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Task;
import java.util.List;
import java.util.function.Consumer;

/**
 * Free late binding: ready tasks, the highest upward rank first, each where it should finish first
 * over all devices, which is HEFT's rule (Topcuoglu, Hariri, Wu 2002) with the device bound late. A
 * task whose best device is busy stays unbound, but reserves the slot it hopes for, so that lower
 * tasks plan around it; at the next event everything unbound is looked at anew. A baseline: it
 * looks at every ready task, so its decisions cost more the more tasks wait.
 */
final class EarliestFinish implements Placement {
  static final String NAME = "late";

  private final Fleet fleet;
  private final Finishes finishes;
  private final Prospects prospects;
  private final Reservations reservations = new Reservations();
  private final ReadyTasks ready = ReadyTasks.byRank();

  EarliestFinish(Fleet fleet, RunTimeEstimator estimator) {
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
    ready.add(task);
  }

  @Override
  public void remove(Task task) {
    ready.remove(task);
  }

  @Override
  public void reranked(Task task) {
    if (ready.contains(task) && ReadyTasks.rank(task) != task.priority()) {
      ready.remove(task);
      ready.add(task);
    }
  }

  @Override
  public boolean contains(Task task) {
    return ready.contains(task);
  }

  @Override
  public void place(double now, Consumer<Binding> consumer) {
    fleet.predictOverdue(now);
    reservations.clear();
    try (Scan scan = ready.scan()) {
      Task task = scan.next(this::canTake);
      while (task != null) {
        Binding binding = finishes.first(task, now);
        if (binding != null && binding.device().idle() && binding.device().availableAt() <= now) {
          scan.drop();
          consumer.accept(finishes.decided(binding, now));
        } else if (binding != null) {
          reservations.add(binding);
          fleet.reserve(binding.device(), binding.startsAt(), binding.predictedSeconds());
        }
        task = scan.next(this::canTake);
      }
    }
    fleet.dropReservations(now);
  }

  @Override
  public QueueState explain(Task task, double now) {
    List<ClassState> classes = prospects.classes(task, now);
    Binding hope = reservations.of(task);
    int before = ready.before(task);
    WaitReason reason =
        hope == null
            ? prospects.withoutPlan(task, classes)
            : new WaitReason.Reserved(hope.candidate());
    return new QueueState(NAME, before, classes, List.of(reason));
  }

  /** True when some class that the group's tasks may run on has a free slot. */
  private boolean canTake(ReadyTasks.Group group) {
    for (ClassDevices candidates : fleet.classes()) {
      if (Finishes.allows(group.classes(), candidates) && candidates.freeSize() > 0) {
        return true;
      }
    }
    return false;
  }
}
