package io.signalbox.core.admission;

import io.signalbox.core.bound.LowerBound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tests whether a job can keep its deadline on a fleet with other jobs: first what is certain, then
 * what is likely. Times are seconds from now, but for those in the proof.
 *
 * @param fleet its slots, free with {@link Times.Care#LIKELY}
 * @param latest the same slots, free with {@link Times.Care#MOST}
 * @param others live jobs that are looked at task by task
 * @param admitted ids of the others whose deadlines the job must not break
 * @param restVolume {@link TypedBound#volume} of the live jobs that aren't, or positive infinity
 *     when it isn't known for certain
 * @param now seconds since the epoch
 */
public record Schedulability(
    FleetLoad fleet,
    FleetLoad latest,
    List<JobLoad> others,
    Set<String> admitted,
    double restVolume,
    double now) {
  /** Operations that the area bound of a rejection may cost. */
  private static final long AREA_BUDGET = 4_000_000;

  /**
   * By how much of its length a simulated course may go wrong, with exact times too, since dispatch
   * isn't simulated to the letter. Kept free before the deadlines of jobs that are guaranteed them.
   */
  private static final double RESERVE = 0.05;

  public Schedulability {
    others = List.copyOf(others);
    admitted = Set.copyOf(admitted);
  }

  /**
   * Tests a job.
   *
   * @param job with a finite deadline
   * @param otherwise the verdict on a job that won't be in time or would make an admitted one late
   */
  public Proof test(JobLoad job, Proof.Verdict otherwise) {
    double bound = certainBy(job);
    if (bound <= job.deadlineSeconds) {
      return proof(job, Proof.Verdict.ACCEPTED, Proof.Method.TYPED_BOUND, bound, 0, null);
    }
    double[] finishes = ForwardSimulation.finishes(fleet, with(job));
    double finish = finishes[others.size()];
    // A warning that comes true too often warns of nothing: only guarantees need the reserve.
    double reserve = otherwise == Proof.Verdict.REJECTED ? RESERVE : 0;
    String harmed = harmed(finishes, reserve);
    if (keeps(job, finish, reserve) && harmed == null) {
      return proof(job, Proof.Verdict.ACCEPTED, Proof.Method.SIMULATION, finish, reserve, null);
    }
    boolean certain = finish > job.deadlineSeconds && impossible(job);
    return proof(
        job,
        otherwise,
        certain ? Proof.Method.LOWER_BOUND : Proof.Method.SIMULATION,
        finish,
        reserve,
        harmed);
  }

  private static boolean keeps(JobLoad job, double finish, double reserve) {
    return finish * (1 + reserve) <= job.deadlineSeconds;
  }

  private List<JobLoad> with(JobLoad job) {
    List<JobLoad> all = new ArrayList<>(others);
    all.add(job);
    return all;
  }

  /**
   * When the job is done for certain, or positive infinity when that, or that all admitted jobs
   * keep their deadlines beside it, isn't certain.
   */
  private double certainBy(JobLoad job) {
    int[] slots = latest.slotsByClass();
    double volume = restVolume + TypedBound.volume(latest);
    for (JobLoad other : others) {
      volume += TypedBound.volume(other, slots);
    }
    double bound = TypedBound.seconds(job, slots, volume);
    if (bound > job.deadlineSeconds) {
      return Double.POSITIVE_INFINITY;
    }
    volume += TypedBound.volume(job, slots);
    for (JobLoad other : others) {
      if (admitted.contains(other.job())
          && TypedBound.seconds(other, slots, volume - TypedBound.volume(other, slots))
              > other.deadlineSeconds) {
        return Double.POSITIVE_INFINITY;
      }
    }
    return bound;
  }

  /** An admitted job that is late with the tested one and wouldn't be without it. */
  private @Nullable String harmed(double[] finishes, double reserve) {
    double[] alone = null;
    for (int i = 0; i < others.size(); i++) {
      JobLoad other = others.get(i);
      if (admitted.contains(other.job()) && !keeps(other, finishes[i], reserve)) {
        alone = alone == null ? ForwardSimulation.finishes(fleet, others) : alone;
        if (keeps(other, alone[i], reserve)) {
          return other.job();
        }
      }
    }
    return null;
  }

  /**
   * True when no schedule on the fleet is in time, were it the job's alone and each device back.
   */
  private boolean impossible(JobLoad job) {
    double path = job.longestPath(Times.Care.LEAST);
    if (path > job.deadlineSeconds || !job.runsOn(fleet.slotsOnceBack())) {
      // A device that a task could run on may still join.
      return path > job.deadlineSeconds && path < Double.POSITIVE_INFINITY;
    }
    double[][] seconds = new double[job.size][job.classes];
    int[][] parents = new int[job.size][];
    double[] flat = job.seconds(Times.Care.LEAST);
    for (int task = 0; task < job.size; task++) {
      // What is in a device's hands may be done at any moment.
      if (!job.isPlaced(task)) {
        System.arraycopy(flat, task * job.classes, seconds[task], 0, job.classes);
      }
      parents[task] =
          Arrays.copyOfRange(job.parents, job.parentStart[task], job.parentStart[task + 1]);
    }
    return LowerBound.within(seconds, fleet.slotsOnceBack(), parents, AREA_BUDGET).seconds()
        > job.deadlineSeconds;
  }

  private Proof proof(
      JobLoad job,
      Proof.Verdict verdict,
      Proof.Method method,
      double finish,
      double reserve,
      @Nullable String harmed) {
    Bottleneck bottleneck = Bottleneck.of(fleet, with(job), job);
    boolean inTime = finish <= job.deadlineSeconds;
    Double at = finish == Double.POSITIVE_INFINITY ? null : now + finish;
    return new Proof(
        verdict,
        method,
        now,
        now + job.deadlineSeconds,
        at,
        at == null || harmed != null ? null : now + finish * (1 + reserve),
        bottleneck.deviceClass(),
        inTime ? 0 : bottleneck.missing(),
        harmed,
        List.of());
  }
}
