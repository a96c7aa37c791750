package io.signalbox.core.admission;

/**
 * The typed bound of a job's response time: what no schedule exceeds in which a ready task waits
 * only while, in some class that it may run on, every slot is taken. The bound for typed DAGs
 * (Jaffe 1980, Han and others 2019), made to hold when a task may run on several classes:
 *
 * <p>R = Σ over all live tasks u of max over k of c(u,k) / m(k) + max over the job's paths of Σ
 * (max over k of c(v,k) − max over k of c(v,k) / m(k)), where c is the run time plus the slowest
 * transfer of the task's inputs, since a device may be held for them or waited for because it has
 * them, and m(k) are the slots of class k.
 *
 * <p>Why: follow the job back from its last task, from each task to the parent that finished last.
 * At any time either a task of this path is running, or the path's next task is ready and waits,
 * and all m(k) slots of some class k are taken by other work. All the time that class k can be so
 * taken is the work that it gets, less that of the path, over m(k). Summing, and letting each task
 * be where it costs most, gives R. With one class a task, R = Σ vol(k)/m(k) + max over paths of Σ
 * c·(1 − 1/m), the typed bound as published; with one class in all it is Graham's.
 */
public final class TypedBound {
  private TypedBound() {}

  /**
   * The bound for a job, in seconds from now, or positive infinity when it doesn't hold: a task has
   * nowhere to run, fits on some devices of a class only, or takes longer already than it should.
   *
   * @param slots by class
   * @param othersSeconds {@link #volume} of all other live jobs, what occupies slots included
   */
  public static double seconds(JobLoad job, int[] slots, double othersSeconds) {
    if (!job.sameEverywhere()) {
      return Double.POSITIVE_INFINITY;
    }
    double[] path = new double[job.size];
    double longest = 0;
    for (int task = 0; task < job.size; task++) {
      double before = 0;
      for (int i = job.parentStart[task]; i < job.parentStart[task + 1]; i++) {
        before = Math.max(before, path[job.parents[i]]);
      }
      path[task] = job.isPlaced(task) ? job.latestEnd[task] : before + onPath(job, task, slots);
      longest = Math.max(longest, path[task]);
    }
    return othersSeconds + volume(job, slots) + longest;
  }

  /**
   * What a job's unfinished tasks can take of the slots: Σ max over k of c(u,k) / m(k), but for
   * those in a device's hands, which the fleet's load counts, and those that nothing can run.
   */
  public static double volume(JobLoad job, int[] slots) {
    double sum = 0;
    for (int task = 0; task < job.size; task++) {
      sum += job.isPlaced(task) ? 0 : Math.max(0, worst(job, task, slots, true));
    }
    return sum;
  }

  /** What slots are still taken by what was given to them: Σ over k of work(k) / m(k). */
  public static double volume(FleetLoad fleet) {
    double[] taken = fleet.takenByClass();
    int[] slots = fleet.slotsByClass();
    double sum = 0;
    for (int k = 0; k < taken.length; k++) {
      sum += slots[k] > 0 ? taken[k] / slots[k] : 0;
    }
    return sum;
  }

  private static double onPath(JobLoad job, int task, int[] slots) {
    double alone = worst(job, task, slots, false);
    return alone < 0 ? Double.POSITIVE_INFINITY : alone - worst(job, task, slots, true);
  }

  /** The most that a task can cost, of a slot or of a class; negative when it can't run. */
  private static double worst(JobLoad job, int task, int[] slots, boolean shared) {
    double[] seconds = job.seconds(Times.Care.MOST);
    double transfer = job.slowestTransfer(task);
    double worst = -1;
    for (int k = 0; k < slots.length; k++) {
      double run = seconds[task * job.classes + k];
      if (slots[k] > 0 && run < Double.POSITIVE_INFINITY) {
        worst = Math.max(worst, (run + transfer) / (shared ? slots[k] : 1));
      }
    }
    return worst;
  }
}
