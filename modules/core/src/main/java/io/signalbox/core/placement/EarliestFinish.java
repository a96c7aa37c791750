package io.signalbox.core.placement;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Task;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Free late binding: ready tasks, the highest upward rank first, each where it should finish first
 * over all devices, which is HEFT's rule (Topcuoglu, Hariri, Wu 2002) with the device bound late. A
 * task whose best device is busy stays unbound, but reserves the slot it hopes for, so that lower
 * tasks plan around it; at the next event everything unbound is looked at anew.
 */
final class EarliestFinish implements Placement {
  /** Name of the bounded form for pools on Kafka. */
  static final String NAME = "earliest-finish";

  /** Name of the pure form, a baseline for comparisons. */
  static final String LATE = "late";

  /**
   * A device is given its next task that long before it should be free, so that the offer's way
   * through Kafka doesn't leave it idle.
   */
  private static final double PREFETCH_SECONDS = 0.1;

  /** At most this many tasks are looked at for each device, so that a decision stays cheap. */
  private static final int SCAN_PER_DEVICE = 6;

  private final String name;
  private final double prefetchSeconds;
  private final int scanPerDevice;
  private final Fleet fleet;
  private final Finishes finishes;
  private final Prospects prospects;
  private final Reservations reservations = new Reservations();
  private final ReadyTasks ready = ReadyTasks.byRank();

  private EarliestFinish(
      String name,
      double prefetchSeconds,
      int scanPerDevice,
      Fleet fleet,
      RunTimeEstimator estimator) {
    this.name = name;
    this.prefetchSeconds = prefetchSeconds;
    this.scanPerDevice = scanPerDevice;
    this.fleet = fleet;
    this.finishes = new Finishes(fleet, estimator);
    this.prospects = new Prospects(fleet, finishes);
  }

  /** The form for pools on Kafka: it prefetches, and looks at few tasks per device. */
  static EarliestFinish online(Fleet fleet, RunTimeEstimator estimator) {
    return new EarliestFinish(NAME, PREFETCH_SECONDS, SCAN_PER_DEVICE, fleet, estimator);
  }

  /** The pure form: it looks at every ready task and binds to idle devices only. */
  static EarliestFinish late(Fleet fleet, RunTimeEstimator estimator) {
    return new EarliestFinish(LATE, 0, Integer.MAX_VALUE, fleet, estimator);
  }

  @Override
  public String name() {
    return name;
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
    Predicate<List<String>> servable = classes -> canTake(classes, now);
    long scans = scans();
    try (Scan scan = ready.scan()) {
      Task task = scan.next(servable);
      while (task != null && scans-- > 0) {
        Binding binding = finishes.first(task, now);
        if (binding != null && bindable(binding, now)) {
          scan.drop();
          consumer.accept(finishes.decided(binding, now));
        } else if (binding != null) {
          reservations.add(binding);
          fleet.reserve(binding.device(), binding.startsAt(), binding.predictedSeconds());
        }
        task = scan.next(servable);
      }
    }
    fleet.dropReservations(now);
  }

  @Override
  public @Nullable Binding follow(Task task, Device device, double freeAt, double now) {
    boolean may = prefetchSeconds > 0 && Finishes.canHold(task, device);
    if (!may || ready.anyAbove(ReadyTasks.rank(task), device.deviceClass())) {
      return null;
    }
    Binding here = finishes.on(device, task, freeAt, now);
    Binding first = finishes.first(task, now);
    return first != null && first.finishesAt() < here.finishesAt()
        ? null
        : finishes.decided(here, now);
  }

  @Override
  public QueueState explain(Task task, double now) {
    List<ClassState> classes = prospects.classes(task, now);
    Binding hope = reservations.of(task);
    int before = ready.before(task);
    WaitReason reason =
        hope == null ? notLookedAt(classes, before) : new WaitReason.Reserved(hope.candidate());
    return new QueueState(name, before, classes, List.of(reason));
  }

  private WaitReason notLookedAt(List<ClassState> classes, int before) {
    WaitReason reason = Prospects.withoutPlan(classes);
    boolean unseen = reason instanceof WaitReason.NextLook && before >= scans();
    return unseen ? new WaitReason.OutOfSight(scans()) : reason;
  }

  private long scans() {
    long devices = 0;
    for (ClassDevices candidates : fleet.classes()) {
      devices += candidates.size();
    }
    return devices * scanPerDevice;
  }

  private boolean bindable(Binding binding, double now) {
    Device device = binding.device();
    return offerable(device) && device.availableAt() - now <= prefetchSeconds;
  }

  private boolean offerable(Device device) {
    return prefetchSeconds > 0 ? device.takesOffers() : device.willing() && device.idle();
  }

  /** True when some class of the list has a device that an offer could go to. */
  private boolean canTake(List<String> classes, double now) {
    for (ClassDevices candidates : fleet.classes()) {
      if (Finishes.allows(classes, candidates)
          && (candidates.freeSize() > 0 || prefetches(candidates, now))) {
        return true;
      }
    }
    return false;
  }

  private boolean prefetches(ClassDevices candidates, double now) {
    for (Device device : candidates.busy()) {
      if (device.availableAt() - now > prefetchSeconds) {
        return false;
      }
      if (offerable(device)) {
        return true;
      }
    }
    return false;
  }
}
