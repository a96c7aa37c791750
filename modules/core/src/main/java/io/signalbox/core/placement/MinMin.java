package io.signalbox.core.placement;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Min-min in batch mode (Ibarra, Kim 1977; Maheswaran et al. 1999): of all ready tasks the one with
 * the smallest earliest finish time comes next, on the device that gives it; a task whose best
 * device is busy reserves it and is looked at anew at the next event. Short tasks go first,
 * whatever waits for the long ones.
 */
final class MinMin implements Placement {
  static final String NAME = "min-min";

  /**
   * At most this many tasks, the ones that have waited longest, are weighed against each other: the
   * cost of an event grows with the square.
   */
  private static final int WINDOW = 256;

  private final Fleet fleet;
  private final IdleDevices idle;
  private final Finishes finishes;
  private final Prospects prospects;
  private final Reservations reservations = new Reservations();
  private final ReadyTasks ready = new ReadyTasks(task -> 0);

  MinMin(Fleet fleet, RunTimeEstimator estimator) {
    this.fleet = fleet;
    this.idle = new IdleDevices(fleet);
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
  public boolean contains(Task task) {
    return ready.contains(task);
  }

  @Override
  public void place(double now, Consumer<Binding> consumer) {
    fleet.predictOverdue(now);
    reservations.clear();
    List<Binding> window = window(now);
    while (!window.isEmpty() && idle.any(List.of())) {
      int least = earliest(window);
      Binding binding = window.remove(least);
      Device device = binding.device();
      if (device.idle() && device.availableAt() <= now) {
        ready.remove(binding.task());
        consumer.accept(finishes.decided(binding, now));
      } else {
        reservations.add(binding);
        fleet.reserve(device, binding.startsAt(), binding.predictedSeconds());
      }
      // Devices only become later here, so who hoped for another one still hopes for it.
      window.replaceAll(other -> other.device() == device ? renewed(other, now) : other);
    }
    fleet.dropReservations(now);
  }

  @Override
  public QueueState explain(Task task, double now) {
    List<ClassState> classes = prospects.classes(task, now);
    Binding hope = reservations.of(task);
    int before = ready.before(task);
    WaitReason reason = prospects.withoutPlan(task, classes);
    if (hope != null) {
      reason = new WaitReason.Reserved(hope.candidate());
    } else if (reason instanceof WaitReason.NextLook && before >= WINDOW) {
      reason = new WaitReason.OutOfSight(WINDOW);
    }
    return new QueueState(NAME, before, classes, List.of(reason));
  }

  private List<Binding> window(double now) {
    List<Binding> window = new ArrayList<>();
    try (Scan scan = ready.scan()) {
      Task task = scan.next(idle::any);
      while (task != null && window.size() < WINDOW) {
        Binding binding = finishes.first(task, now);
        if (binding != null) {
          window.add(binding);
        }
        task = scan.next(idle::any);
      }
    }
    return window;
  }

  private Binding renewed(Binding binding, double now) {
    Binding first = finishes.first(binding.task(), now);
    return first == null ? binding : first;
  }

  private static int earliest(List<Binding> window) {
    int least = 0;
    for (int i = 1; i < window.size(); i++) {
      if (window.get(i).finishesAt() < window.get(least).finishesAt()) {
        least = i;
      }
    }
    return least;
  }
}
