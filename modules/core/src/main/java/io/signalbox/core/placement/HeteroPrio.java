package io.signalbox.core.placement;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * HeteroPrio by affinity (Agullo et al. 2016; Beaumont, Eyraud-Dubois, Kumar 2017), for any number
 * of classes: ready tasks lie in buckets by operation, and of all pairs of an idle class and a
 * bucket the one comes next whose tasks gain most from that class, by the acceleration factor
 *
 * <pre>min over the other classes l of seconds(l) / seconds(k)</pre>
 *
 * <p>so that fast classes take what they accelerate most and slow ones what suffers least there.
 * Within a bucket the highest upward rank comes first. No device waits while anything is ready, and
 * nothing that runs is taken back (the papers' spoliation).
 */
final class HeteroPrio implements Placement {
  static final String NAME = "heteroprio";

  private record BucketKey(String operation, String version, List<String> classes) {
    static BucketKey of(Task task) {
      return new BucketKey(task.operation(), task.version(), task.kind().classes());
    }
  }

  /** Tasks that gain alike; the factors are those of the event that is looked at. */
  private static final class Bucket {
    private final TreeSet<Task> tasks = new TreeSet<>(ReadyTasks.ORDER);
    private double[] factors = {};
  }

  private record Choice(Bucket bucket, Device device, double factor) {}

  private final Fleet fleet;
  private final RunTimeEstimator estimator;
  private final IdleDevices idle;
  private final Finishes finishes;
  private final Prospects prospects;
  private final Map<BucketKey, Bucket> buckets = new LinkedHashMap<>();
  private long sequence;

  HeteroPrio(Fleet fleet, RunTimeEstimator estimator) {
    this.fleet = fleet;
    this.estimator = estimator;
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
    task.queueAs(ReadyTasks.rank(task), ++sequence);
    buckets.computeIfAbsent(BucketKey.of(task), key -> new Bucket()).tasks.add(task);
  }

  @Override
  public void remove(Task task) {
    BucketKey key = BucketKey.of(task);
    Bucket bucket = buckets.get(key);
    if (bucket != null && bucket.tasks.remove(task) && bucket.tasks.isEmpty()) {
      buckets.remove(key);
    }
  }

  @Override
  public boolean contains(Task task) {
    Bucket bucket = buckets.get(BucketKey.of(task));
    return bucket != null && bucket.tasks.contains(task);
  }

  @Override
  public void place(double now, Consumer<Binding> consumer) {
    if (!idle.any(List.of())) {
      return;
    }
    buckets.values().forEach(bucket -> bucket.tasks.removeIf(task -> task.job().ended()));
    buckets.values().removeIf(bucket -> bucket.tasks.isEmpty());
    buckets.values().forEach(bucket -> bucket.factors = factors(bucket.tasks.first()));
    for (Choice choice = best(); choice != null; choice = best()) {
      Task task = choice.bucket().tasks.first();
      remove(task);
      consumer.accept(finishes.on(choice.device(), task, now).decidedAlone());
    }
  }

  /** Counts those of its own bucket as before it: other buckets come in turn with it. */
  @Override
  public QueueState explain(Task task, double now) {
    List<ClassState> classes = prospects.classes(task, now);
    Bucket bucket = buckets.get(BucketKey.of(task));
    int before =
        bucket == null ? 0 : ReadyTasks.before(task, bucket.tasks, QueueState.MOST_COUNTED);
    return new QueueState(NAME, before, classes, List.of(prospects.withoutPlan(task, classes)));
  }

  private @Nullable Choice best() {
    Choice best = null;
    int number = 0;
    for (ClassDevices candidates : fleet.classes()) {
      if (idle.any(List.of(candidates.name()))) {
        for (Bucket bucket : buckets.values()) {
          double factor = bucket.factors[number];
          if (best == null || factor > best.factor()) {
            Device device = idle.first(bucket.tasks.first(), candidates);
            best = device == null ? best : new Choice(bucket, device, factor);
          }
        }
      }
      number++;
    }
    return best;
  }

  /** By class, how much faster the task is there than on the best other class that is allowed. */
  private double[] factors(Task task) {
    double[] seconds = new double[fleet.classes().size()];
    int number = 0;
    for (ClassDevices candidates : fleet.classes()) {
      seconds[number++] = seconds(task, candidates);
    }
    double[] factors = new double[seconds.length];
    for (int k = 0; k < factors.length; k++) {
      double other = Double.POSITIVE_INFINITY;
      for (int l = 0; l < factors.length; l++) {
        other = l == k ? other : Math.min(other, seconds[l]);
      }
      factors[k] = other / seconds[k];
    }
    return factors;
  }

  private double seconds(Task task, ClassDevices candidates) {
    Workload work = task.workload();
    boolean runs = Finishes.allows(task.kind().classes(), candidates) && candidates.size() > 0;
    return runs ? estimator.seconds(work, candidates.name()) : Double.POSITIVE_INFINITY;
  }
}
