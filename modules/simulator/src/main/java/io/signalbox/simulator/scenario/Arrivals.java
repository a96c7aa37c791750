package io.signalbox.simulator.scenario;

import java.util.Arrays;
import java.util.SplittableRandom;

/** When the jobs of a workload arrive, in seconds; job by job, and never earlier than before. */
public final class Arrivals {
  private final double[] seconds;

  private Arrivals(double[] seconds) {
    this.seconds = seconds;
    double before = 0;
    for (int job = 0; job < seconds.length; job++) {
      if (!(seconds[job] >= before) || Double.isInfinite(seconds[job])) {
        throw new IllegalArgumentException(
            "job %d arrives at %s, which is no time from %s on"
                .formatted(job, seconds[job], before));
      }
      before = seconds[job];
    }
  }

  /** So many jobs, all of which are there from the start. */
  public static Arrivals together(int jobs) {
    return new Arrivals(new double[jobs]);
  }

  /**
   * Jobs at given times.
   *
   * @throws IllegalArgumentException when a time is negative, not finite or before the one ahead
   */
  public static Arrivals at(double... seconds) {
    return new Arrivals(seconds.clone());
  }

  /**
   * Jobs of a Poisson process, the first at 0: gaps are exponential with mean 1 / rate.
   *
   * @param rate jobs per second
   * @param jobs how many
   * @param seed equal seeds give equal times
   */
  public static Arrivals poisson(double rate, int jobs, long seed) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("the rate of arrivals must be > 0 and finite, is " + rate);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] seconds = new double[jobs];
    for (int job = 1; job < jobs; job++) {
      seconds[job] = seconds[job - 1] + random.nextExponential() / rate;
    }
    return new Arrivals(seconds);
  }

  /** How many jobs arrive. */
  public int jobs() {
    return seconds.length;
  }

  /** When a job arrives. */
  public double seconds(int job) {
    return seconds[job];
  }

  /** True when all jobs are there from the start. */
  public boolean isTogether() {
    return Arrays.stream(seconds).allMatch(at -> at == 0);
  }
}
