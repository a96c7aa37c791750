package io.signalbox.core.admission;

import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.graph.TaskGraph;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import java.util.Arrays;

/**
 * What a job that isn't looked at task by task asks of each class: measured now and then, over all
 * its unfinished tasks or, of a large job, over a sample of them.
 */
final class Demand {
  /** Tasks that are measured at most. */
  static final int MOST_MEASURED = 20_000;

  private static final double KEPT_SECONDS = 10;
  private static final double KEPT_SECONDS_PER_TASK = 1e-4;

  private final double measuredAt;
  private final int unfinished;
  private final int[] slots;
  private final boolean sampled;
  private final ClassShares shares;
  private double volume;
  private double likelySeconds;
  private double expectedSeconds;

  private Demand(Job job, int[] slots, double now) {
    measuredAt = now;
    unfinished = job.unfinished();
    this.slots = slots;
    sampled = job.graph().size() > MOST_MEASURED;
    shares = new ClassShares(new double[slots.length]);
  }

  static Demand of(
      Job job, FleetReading fleet, RunTimeEstimator estimator, int[] slots, double now) {
    Demand demand = new Demand(job, slots, now);
    int size = job.graph().size();
    int stride = Math.max(1, (size + MOST_MEASURED - 1) / MOST_MEASURED);
    double[] likely = new double[slots.length];
    double[] most = new double[slots.length];
    for (int node = 0; node < size; node += stride) {
      Task task = job.task(node);
      if (task != null && JobReading.unfinished(task) && fleet.held(task) == null) {
        for (int k = 0; k < slots.length; k++) {
          likely[k] = JobReading.secondsOf(task, k, Times.Care.LIKELY, fleet, estimator);
          most[k] = JobReading.secondsOf(task, k, Times.Care.MOST, fleet, estimator);
        }
        demand.add(likely, most, slowestTransfer(job.graph(), node), stride);
        demand.expectedSeconds += job.graph().weight(node);
      }
    }
    return demand;
  }

  private static double slowestTransfer(TaskGraph graph, int node) {
    double slowest = 0;
    for (int i = 0; i < graph.parentCount(node); i++) {
      slowest = Math.max(slowest, graph.parentTransferSeconds(node, i));
    }
    return slowest;
  }

  private void add(double[] likely, double[] most, double transfer, int stride) {
    shares.add(likely, 0, slots, stride);
    double worst = 0;
    double fastest = Double.POSITIVE_INFINITY;
    for (int k = 0; k < slots.length; k++) {
      fastest = Math.min(fastest, likely[k]);
      if (slots[k] > 0 && most[k] < Double.POSITIVE_INFINITY) {
        worst = Math.max(worst, (most[k] + transfer) / slots[k]);
      }
    }
    volume += worst * stride;
    likelySeconds += fastest;
  }

  /** True when it still tells about the job on that many slots. */
  boolean holds(Job job, int[] slotsNow, double now) {
    double kept = Math.max(KEPT_SECONDS, unfinished * KEPT_SECONDS_PER_TASK);
    return now - measuredAt < kept
        && job.unfinished() <= unfinished
        && Arrays.equals(slots, slotsNow);
  }

  /** {@link TypedBound#volume}; positive infinity when it is a guess. */
  double volume() {
    return sampled ? Double.POSITIVE_INFINITY : volume;
  }

  /** Likely seconds of a class, in proportion to what is still unfinished. */
  double seconds(int k, Job job) {
    return unfinished == 0 ? 0 : shares.seconds()[k] * job.unfinished() / unfinished;
  }

  /** The longest path that remains, with likely times. */
  double longestPath(Job job) {
    double care = expectedSeconds > 0 ? likelySeconds / expectedSeconds : 1;
    return job.graph().remainingSeconds() * Math.max(1, care);
  }
}
