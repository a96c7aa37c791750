package io.signalbox.core.admission;

import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Job;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A live pool at one moment: some jobs task by task, those with tested deadlines first, and the
 * rest by what it asks of each class.
 */
final class PoolReading {
  private final FleetReading fleet;
  private final RunTimeEstimator estimator;
  private final Urgency urgency;
  private final Map<Job, Demand> demands;
  private final double now;
  private final int[] slots;
  private final List<JobLoad> single = new ArrayList<>();
  private final List<Job> rest = new ArrayList<>();
  private final @Nullable Job candidate;
  private final double topRank;
  private int scans;
  private int room;

  PoolReading(
      FleetReading fleet,
      RunTimeEstimator estimator,
      Urgency urgency,
      Map<Job, Demand> demands,
      @Nullable Job candidate,
      Set<Job> tested,
      Collection<Job> live,
      int room,
      double now) {
    this.fleet = fleet;
    this.estimator = estimator;
    this.urgency = urgency;
    this.demands = demands;
    this.candidate = candidate;
    this.now = now;
    this.room = room;
    this.scans = 4 * room;
    this.slots = fleet.load(Times.Care.LIKELY).slotsByClass();
    tested.forEach(this::take);
    for (Job job : live) {
      if (!tested.contains(job)) {
        take(job);
      }
    }
    topRank = topRank(tested);
  }

  private void take(Job job) {
    if (job == candidate || job.ended()) {
      return;
    }
    if (job.unfinished() <= room && job.graph().size() <= scans) {
      room -= job.unfinished();
      scans -= job.graph().size();
      single.add(load(job));
    } else {
      rest.add(job);
    }
  }

  /** How many tasks more could have been looked at. */
  int room() {
    return room;
  }

  JobLoad load(Job job) {
    return JobReading.of(job, fleet, estimator, urgency, now);
  }

  private Demand demand(Job job) {
    Demand known = demands.get(job);
    if (known == null || !known.holds(job, slots, now)) {
      known = Demand.of(job, fleet, estimator, slots, now);
      demands.put(job, known);
    }
    return known;
  }

  /** The longest remaining path of the candidate, or the mean of those of the tested jobs. */
  private double topRank(Set<Job> tested) {
    if (candidate != null) {
      return candidate.graph().remainingSeconds();
    }
    return tested.stream().mapToDouble(job -> job.graph().remainingSeconds()).average().orElse(0);
  }

  /**
   * By class, the rest's work that goes first. Tasks are taken in the order of their ranks; of a
   * job whose ranks go from 0 to beyond those of the tested job, the share beyond goes first.
   */
  private double[] ahead() {
    double[] ahead = new double[slots.length];
    for (Job job : rest) {
      double longest = job.graph().remainingSeconds();
      double share = longest > topRank ? 1 - topRank / longest : 0;
      Demand demand = share > 0 ? demand(job) : null;
      for (int k = 0; demand != null && k < slots.length; k++) {
        ahead[k] += slots[k] > 0 ? share * demand.seconds(k, job) : 0;
      }
    }
    return ahead;
  }

  private FleetLoad likely() {
    return fleet.load(Times.Care.LIKELY).behind(ahead());
  }

  Schedulability schedulability(Set<String> admitted) {
    double volume = 0;
    for (Job job : rest) {
      volume += demand(job).volume();
    }
    return new Schedulability(likely(), fleet.load(Times.Care.MOST), single, admitted, volume, now);
  }

  /** When each job that is looked at task by task should be done, in seconds from now. */
  Map<String, Double> finishes() {
    double[] seconds = ForwardSimulation.finishes(likely(), single);
    Map<String, Double> finishes = new HashMap<>();
    for (int i = 0; i < seconds.length; i++) {
      finishes.put(single.get(i).job(), seconds[i]);
    }
    return finishes;
  }

  /**
   * Work by class, that of a job which isn't looked at task by task on top of all that goes first.
   */
  ClassShares sharesWith(Job job) {
    ClassShares shares = ClassShares.of(likely(), single);
    Demand demand = demand(job);
    for (int k = 0; k < slots.length; k++) {
      shares.seconds()[k] += slots[k] > 0 ? demand.seconds(k, job) : 0;
    }
    return shares;
  }

  /** When such a job should be done, in seconds from now: its longest path behind all the work. */
  double finishByArea(Job job) {
    return sharesWith(job).longest(slots) + demand(job).longestPath(job);
  }

  /** The answer for such a job. */
  Proof byArea(Job job, double deadline, Proof.Verdict otherwise) {
    ClassShares shares = sharesWith(job);
    double finish = finishByArea(job);
    boolean inTime = now + finish <= deadline;
    double path = demand(job).longestPath(job);
    Bottleneck bottleneck = Bottleneck.of(fleet.classes(), slots, shares, deadline - now - path);
    return new Proof(
        inTime ? Proof.Verdict.ACCEPTED : otherwise,
        Proof.Method.SIMULATION,
        now,
        deadline,
        now + finish,
        now + finish,
        bottleneck.deviceClass(),
        inTime ? 0 : bottleneck.missing(),
        null,
        List.of());
  }
}
