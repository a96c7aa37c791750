package io.signalbox.core.placement;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Task;
import java.util.List;
import java.util.function.Consumer;

/**
 * First come, first served: the task that has been ready longest goes to the first idle device of
 * the fleet, however slow it is there. A task whose classes are all busy is passed over. What a
 * scheduler is at least to be better than.
 */
final class Fifo implements Placement {
  static final String NAME = "fifo";

  private final IdleDevices idle;
  private final Finishes finishes;
  private final Prospects prospects;
  private final ReadyTasks ready = new ReadyTasks(task -> 0);

  Fifo(Fleet fleet, RunTimeEstimator estimator) {
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
    try (Scan scan = ready.scan()) {
      for (Task task = scan.next(idle::any); task != null; task = scan.next(idle::any)) {
        Device device = idle.first(task);
        if (device != null) {
          scan.drop();
          consumer.accept(finishes.on(device, task, now).decidedAlone());
        }
      }
    }
  }

  @Override
  public QueueState explain(Task task, double now) {
    List<ClassState> classes = prospects.classes(task, now);
    List<WaitReason> reasons = List.of(prospects.withoutPlan(task, classes));
    return new QueueState(NAME, ready.before(task), classes, reasons);
  }
}
