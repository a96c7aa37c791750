package io.signalbox.core.placement;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Task;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Ready tasks in random order, each on a random idle device; equal seeds give equal runs. */
public final class RandomPlacement implements Placement {
  /** Name of the policy. */
  public static final String NAME = "random";

  private final IdleDevices idle;
  private final Finishes finishes;
  private final SplittableRandom random;
  private final ReadyTasks ready;

  private RandomPlacement(Fleet fleet, RunTimeEstimator estimator, long seed) {
    this.idle = new IdleDevices(fleet);
    this.finishes = new Finishes(fleet, estimator);
    this.random = new SplittableRandom(seed);
    this.ready = new ReadyTasks(task -> random.nextDouble());
  }

  /** The policy with a seed. */
  public static PlacementFactory seeded(long seed) {
    return (fleet, estimator) -> new RandomPlacement(fleet, estimator, seed);
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
        List<Device> devices = idle.all(task);
        if (!devices.isEmpty()) {
          scan.drop();
          Device device = devices.get(random.nextInt(devices.size()));
          consumer.accept(finishes.on(device, task, now));
        }
      }
    }
  }
}
