package io.signalbox.core.speculation;

import io.signalbox.core.agenda.Agenda;
import io.signalbox.core.device.ClassDevices;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.device.Occupant;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import io.signalbox.core.placement.Binding;
import io.signalbox.core.placement.Finishes;
import java.util.Comparator;
import java.util.Iterator;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches running attempts and names those that a second copy should race, as MapReduce's backup
 * tasks do (Dean, Ghemawat 2004), but one by one by their own expectation. An attempt is looked at
 * when it should long be over: after 1.5 times its predicted run time and the 95 % quantile, and as
 * long as news of its end may take. It is worth a copy when an idle device should take less time
 * than the attempt has had. Its own log-normal isn't asked how long it still takes: by that it ends
 * any moment, and what is so late is likely to be late for another reason.
 *
 * <p>Each running attempt costs one entry on the clock, and only overdue ones are ever looked at
 * again.
 */
public final class Stragglers {
  /** Which attempts are to be copied. */
  public enum Share {
    /** Those that their job's end waits for, ahead of the tasks that are ready. */
    CRITICAL,
    /** Any, on the devices that the ready tasks leave idle. */
    ALL
  }

  private static final double QUANTILE = 0.95;

  /**
   * An attempt is critical when the path that begins with it takes at least that share of what its
   * job still takes.
   */
  private static final double CRITICAL = 0.7;

  /** Offers after which a task gets no copy any more. */
  private static final int MOST_ATTEMPTS = 3;

  /** Overdue attempts that are looked at in one turn, the most urgent ones. */
  private static final int MOST_LOOKED_AT = 32;

  /**
   * A running attempt.
   *
   * @param urgency upward rank minus start: orders as upward rank plus elapsed time does
   * @param held what it is on its device: of most, which ended in time, no more is ever read
   */
  private record Suspect(double urgency, long sequence, Task task, int attempt, Occupant held) {
    /** It still runs, and alone. */
    boolean stands() {
      return !held.over()
          && !task.job().ended()
          && task.copy() == null
          && task.state() instanceof TaskState.Running runs
          && runs.attempt() == attempt;
    }
  }

  private final Fleet fleet;
  private final RunTimeEstimator estimator;
  private final Finishes finishes;
  // By the time at which they are to be looked at.
  private final Agenda<Suspect> clock = new Agenda<>();
  private final TreeSet<Suspect> overdue =
      new TreeSet<>(
          Comparator.comparingDouble(Suspect::urgency)
              .reversed()
              .thenComparingLong(Suspect::sequence));
  private double worthAt = Double.POSITIVE_INFINITY;
  private int pruneAt = 64;
  private long sequence;

  /** A watch over no attempt yet. */
  public Stragglers(Fleet fleet, RunTimeEstimator estimator) {
    this.fleet = fleet;
    this.estimator = estimator;
    this.finishes = new Finishes(fleet, estimator);
  }

  /** Watches the task's attempt, which has started or has lost its copy. */
  public void watch(Task task, TaskState.Running runs) {
    Device device = fleet.device(runs.device());
    Occupant held = device == null ? null : device.occupant(task);
    if (held != null && task.attempts() < MOST_ATTEMPTS) {
      double urgency = task.job().graph().upwardRank(task.node()) - runs.since();
      clock.add(
          overdueAt(task, runs), new Suspect(urgency, ++sequence, task, runs.attempt(), held));
    }
  }

  private double overdueAt(Task task, TaskState.Running runs) {
    Device device = fleet.device(runs.device());
    if (device == null) {
      return Double.POSITIVE_INFINITY;
    }
    double quantile =
        estimator.quantileSeconds(task.workload(), device.deviceClass(), QUANTILE)
            * device.slowness();
    return runs.since() + Math.max(Occupant.LATE * runs.predictedSeconds(), quantile);
  }

  /**
   * The next time at which {@link #place} would find something new without any input, in seconds
   * since the epoch; infinity when there is none.
   */
  public double nextDue() {
    while (!clock.isEmpty() && !clock.next().stands()) {
      clock.remove();
    }
    return Math.min(worthAt, heardBy(clock.nextAt()));
  }

  /** When news of what happened at a time is here. The same sum everywhere: it is rounded. */
  private double heardBy(double at) {
    return at + fleet.newsSeconds();
  }

  /**
   * Places copies on idle devices, those of the most urgent attempts first.
   *
   * @param now seconds since the epoch
   * @param room how many copies may be made
   * @param which whose copies
   * @param late takes each task whose attempt has become overdue, once
   * @param consumer takes each copy; it must make the copy before it returns
   */
  public void place(
      double now, int room, Share which, Consumer<Task> late, Consumer<Binding> consumer) {
    collect(now, late);
    worthAt = Double.POSITIVE_INFINITY;
    int left = room;
    int looks = MOST_LOOKED_AT;
    Iterator<Suspect> suspects = overdue.iterator();
    boolean anyIdle = suspects.hasNext() && anyIdle();
    while (left > 0 && looks > 0 && suspects.hasNext() && anyIdle) {
      Suspect suspect = suspects.next();
      if (!suspect.stands()) {
        suspects.remove();
        continue;
      }
      looks--;
      if (which == Share.CRITICAL && !isCritical(suspect.task)) {
        continue;
      }
      Binding copy = best(suspect.task, now);
      if (copy != null && isWorth(copy, now)) {
        suspects.remove();
        consumer.accept(copy.decidedAlone());
        left--;
        anyIdle = anyIdle();
      }
    }
  }

  private static boolean isCritical(Task task) {
    return task.job().graph().upwardRank(task.node())
        >= CRITICAL * task.job().graph().remainingSeconds();
  }

  private void collect(double now, Consumer<Task> late) {
    while (heardBy(clock.nextAt()) <= now) {
      Suspect suspect = clock.remove();
      if (suspect.stands() && suspect.task.state() instanceof TaskState.Running runs) {
        double at = overdueAt(suspect.task, runs);
        if (heardBy(at) > now) {
          // More is known by now of how long it may take.
          clock.add(
              at,
              new Suspect(
                  suspect.urgency, ++sequence, suspect.task, suspect.attempt, suspect.held));
        } else {
          late.accept(suspect.task);
          overdue.add(suspect);
        }
      }
    }
    if (overdue.size() > pruneAt) {
      overdue.removeIf(suspect -> !suspect.stands());
      pruneAt = Math.max(64, 2 * overdue.size());
    }
  }

  /**
   * Whether the copy should take less time than the attempt has had; if not, notes when it will.
   */
  private boolean isWorth(Binding copy, double now) {
    double cost = copy.startsAt() - now + copy.predictedSeconds();
    if (copy.task().state() instanceof TaskState.Running runs) {
      double at = runs.since() + cost;
      if (now >= at) {
        return true;
      }
      worthAt = Math.min(worthAt, at);
    }
    return false;
  }

  private boolean anyIdle() {
    for (ClassDevices candidates : fleet.classes()) {
      for (Device device : candidates.free()) {
        if (device.idle()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Where a copy should finish first, on one idle device of each class or near the inputs. */
  private @Nullable Binding best(Task task, double now) {
    Binding best = null;
    for (ClassDevices candidates : fleet.classes()) {
      if (candidates.freeSize() > 0 && Finishes.allows(task.kind().classes(), candidates)) {
        Device device = idle(task, candidates);
        best = device == null ? best : earlier(best, finishes.on(device, task, now));
      }
    }
    String near = task.data() == null ? null : task.data().device();
    Device holder = near == null ? null : fleet.device(near);
    if (holder != null && Finishes.canHold(task, holder) && canCopy(task, holder)) {
      best = earlier(best, finishes.on(holder, task, now));
    }
    return best;
  }

  private static @Nullable Device idle(Task task, ClassDevices candidates) {
    for (Device device : candidates.free()) {
      if (canCopy(task, device) && device.fits(task.kind())) {
        return device;
      }
    }
    return null;
  }

  private static boolean canCopy(Task task, Device device) {
    return device.idle() && device.takesOffers() && device.occupant(task) == null;
  }

  private static Binding earlier(@Nullable Binding best, Binding candidate) {
    return best == null || candidate.finishesAt() < best.finishesAt() ? candidate : best;
  }
}
