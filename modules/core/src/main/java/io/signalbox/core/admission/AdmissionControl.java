package io.signalbox.core.admission;

import io.signalbox.core.device.Fleet;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Job;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tests deadlines of a live pool's jobs. What a test costs is bounded: it looks at some thousand
 * tasks one by one, fewer while many tests come in, and at the rest of the pool by its area. Jobs
 * without deadlines cost nothing until one with a deadline comes.
 */
public final class AdmissionControl {
  /** Tasks of other jobs that one test looks at. */
  static final int MOST_TASKS = 5_000;

  private static final int LEAST_TASKS = 250;
  private static final double TASKS_PER_SECOND = 50_000;

  private final Fleet fleet;
  private final RunTimeEstimator estimator;
  private final Urgency urgency;
  private final Map<Job, Demand> demands = new HashMap<>();
  private double tokens = MOST_TASKS;
  private double tokensAt;

  /** Tests against a fleet, with run times as predicted and tasks in the order of urgency. */
  public AdmissionControl(Fleet fleet, RunTimeEstimator estimator, Urgency urgency) {
    this.fleet = fleet;
    this.estimator = estimator;
    this.urgency = urgency;
  }

  /** Forgets what was measured: no deadline is left to test. */
  public void rest() {
    demands.clear();
  }

  /**
   * Tests a job whose DAG is known.
   *
   * @param job a job with a deadline
   * @param tested jobs that were tested before and still live, with what was found
   * @param live all live jobs
   * @param otherwise the verdict if it won't be in time; when that is {@link
   *     Proof.Verdict#REJECTED}, also if it would make one late that was accepted before
   * @param now seconds since the epoch
   */
  public Proof test(
      Job job, Map<Job, Proof> tested, Collection<Job> live, Proof.Verdict otherwise, double now) {
    PoolReading pool = read(job, tested.keySet(), live, now);
    Double deadline = job.header().deadline();
    if (deadline == null) {
      throw new IllegalArgumentException("job '" + job.id() + "' has no deadline to test");
    }
    if (job.graph().size() > Demand.MOST_MEASURED) {
      return pool.byArea(job, deadline, otherwise);
    }
    Set<String> admitted = new HashSet<>();
    if (otherwise == Proof.Verdict.REJECTED) {
      tested.forEach((other, proof) -> {
        if (other != job && proof.inTime()) {
          admitted.add(other.id());
        }
      });
    }
    return pool.schedulability(admitted).test(pool.load(job), otherwise);
  }

  /**
   * When each tested job should be done, in seconds since the epoch; positive infinity where some
   * task has no slot to run on.
   */
  public Map<Job, Double> predict(Set<Job> tested, Collection<Job> live, double now) {
    PoolReading pool = read(null, tested, live, now);
    Map<String, Double> simulated = pool.finishes();
    Map<Job, Double> finishes = new LinkedHashMap<>();
    for (Job job : tested) {
      Double seconds = simulated.get(job.id());
      finishes.put(job, now + (seconds == null ? pool.finishByArea(job) : seconds));
    }
    return finishes;
  }

  private PoolReading read(
      @Nullable Job candidate, Set<Job> tested, Collection<Job> live, double now) {
    demands.keySet().removeIf(Job::ended);
    tokens = Math.min(MOST_TASKS * 2.0, tokens + Math.max(0, now - tokensAt) * TASKS_PER_SECOND);
    tokensAt = now;
    int room = (int) Math.clamp(tokens, LEAST_TASKS, MOST_TASKS);
    FleetReading devices = new FleetReading(fleet, estimator, now);
    PoolReading pool =
        new PoolReading(devices, estimator, urgency, demands, candidate, tested, live, room, now);
    tokens -= room - pool.room();
    return pool;
  }
}
