package io.signalbox.core.placement;

import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.priority.FailureRates;
import io.signalbox.core.priority.PoolFacts;
import java.util.Collection;

/** What priorities are told of the pool, measured when it changes and not at every question. */
final class Pulse implements PoolFacts {
  /** A normal variable exceeds its mean by one standard deviation with probability 1 − this. */
  private static final double ONE_SIGMA = 0.8413;

  private static final double SHORTEST_SECONDS = 1e-3;

  private final Fleet fleet;
  private final RunTimeEstimator estimator;
  private final FailureRates failures;
  private double largestRank = SHORTEST_SECONDS;
  private double mostMemoryBytes;
  private double usage;

  Pulse(Fleet fleet, RunTimeEstimator estimator, FailureRates failures) {
    this.fleet = fleet;
    this.estimator = estimator;
    this.failures = failures;
  }

  /**
   * Measures anew. The scale of ranks stays as it is unless it is off by a factor of two: keys of
   * different scales don't compare.
   *
   * @return true when the scale has changed, so that everything queued has to be sorted anew
   */
  boolean measure(Collection<Job> jobs) {
    double longest = SHORTEST_SECONDS;
    for (Job job : jobs) {
      longest = Math.max(longest, job.graph().remainingSeconds());
    }
    boolean rescaled = longest > 2 * largestRank || longest < largestRank / 2;
    largestRank = rescaled ? longest : largestRank;
    long devices = 0;
    long free = 0;
    mostMemoryBytes = 0;
    for (ClassDevices candidates : fleet.classes()) {
      devices += candidates.size();
      free += candidates.freeSize();
      mostMemoryBytes = Math.max(mostMemoryBytes, (double) candidates.deviceClass().memoryBytes());
    }
    usage = devices == 0 ? 0 : 1 - (double) free / (double) devices;
    return rescaled;
  }

  /** True when a job takes so much longer than all others did that priorities are out of scale. */
  boolean outgrownBy(Job job) {
    return job.graph().remainingSeconds() > 2 * largestRank;
  }

  @Override
  public double largestRank() {
    return largestRank;
  }

  @Override
  public double mostMemoryBytes() {
    return mostMemoryBytes;
  }

  @Override
  public double usage() {
    return usage;
  }

  @Override
  public double variation(Task task) {
    String deviceClass = fastest(task);
    double mean = estimator.seconds(task.workload(), deviceClass);
    double high = estimator.quantileSeconds(task.workload(), deviceClass, ONE_SIGMA);
    return Math.max(0, high / Math.max(mean, SHORTEST_SECONDS) - 1);
  }

  private String fastest(Task task) {
    String best = "";
    double least = Double.POSITIVE_INFINITY;
    for (ClassDevices candidates : fleet.classes()) {
      if (Finishes.allows(task.kind().classes(), candidates)) {
        double seconds = estimator.seconds(task.workload(), candidates.name());
        if (seconds < least) {
          least = seconds;
          best = candidates.name();
        }
      }
    }
    return best;
  }

  @Override
  public double failureProbability(Task task) {
    return failures.of(task.operation());
  }
}
