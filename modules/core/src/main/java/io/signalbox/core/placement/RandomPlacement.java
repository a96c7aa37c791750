package io.signalbox.core.placement;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Task;
import java.util.List;
import java.util.function.Consumer;

/** Ready tasks in random order, each on a random idle device; equal seeds give equal runs. */
public final class RandomPlacement implements Placement {
  /** Name of the policy. */
  public static final String NAME = "random";

  private final IdleDevices idle;
  private final Finishes finishes;
  private final Prospects prospects;
  private final ReadyTasks ready = new ReadyTasks(task -> draw() >>> 11);
  private long state;

  private RandomPlacement(Fleet fleet, RunTimeEstimator estimator, long seed) {
    this.idle = new IdleDevices(fleet);
    this.finishes = new Finishes(fleet, estimator);
    this.prospects = new Prospects(fleet, finishes);
    this.state = seed;
  }

  /** The policy with a seed. */
  public static PlacementFactory seeded(long seed) {
    return (fleet, estimator, settings) -> new RandomPlacement(fleet, estimator, seed);
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
          Device device = devices.get((int) Long.remainderUnsigned(draw(), devices.size()));
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

  /** SplitMix64 (Steele, Lea, Flood 2014): lots of its own, so that a pool stays deterministic. */
  private long draw() {
    state += 0x9E3779B97F4A7C15L;
    long bits = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }
}
