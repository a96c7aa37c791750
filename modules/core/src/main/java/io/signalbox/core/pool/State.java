package io.signalbox.core.pool;

import io.signalbox.core.admission.Proof;
import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.device.Occupant;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import io.signalbox.core.placement.Placement;
import io.signalbox.core.placement.PlacementFactory;
import io.signalbox.core.speculation.Stragglers;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is alive in a pool, shared by the parts that change it. */
final class State {
  final String name;
  final PoolSettings settings;
  final Map<String, Job> jobs = new LinkedHashMap<>();
  final EndedJobs ended;
  final Fleet fleet;
  final RunTimeEstimator estimator;
  final Governance governance;
  final Timers timers = new Timers();
  final Recollections recollections;
  final Stragglers stragglers;
  final Cooling cooling = new Cooling();
  final Links links = new Links(this);
  final TenantUse tenants = new TenantUse(this);
  final Backlog backlog = new Backlog(this);
  final Hotspots hotspots = new Hotspots(this);
  final Federation federation = new Federation(this);

  /** Live jobs whose deadlines were tested, with what was found last. */
  final Map<Job, Proof> proofs = new LinkedHashMap<>();

  final Set<String> changedJobs = new LinkedHashSet<>();
  Placement placement;
  boolean paused;
  int liveTasks;
  int copies;

  /**
   * @param own makes the policy of a pool that has one of its own; null where settings name it
   */
  State(String name, PoolSettings settings, @Nullable PlacementFactory own) {
    this.name = name;
    this.settings = settings;
    this.ended = new EndedJobs(settings.endedJobSeconds());
    this.fleet = new Fleet(settings.deviceClasses());
    this.recollections = new Recollections();
    this.estimator = new RunTimeEstimator(settings.deviceClasses());
    this.governance = new Governance(this, own);
    this.placement = governance.create();
    this.stragglers = new Stragglers(fleet, estimator);
  }

  /** Moves a task, stores it, and keeps the queues in step. */
  void become(Task task, TaskState next, Turn turn) {
    if (task.state() instanceof TaskState.Ready) {
      placement.remove(task);
    }
    task.become(next);
    save(task, turn);
    changed(task.job());
    follow(task);
  }

  /** Puts a task where its state says: into the queue of ready ones, or on the clock. */
  void follow(Task task) {
    switch (task.state()) {
      case TaskState.Ready queued -> placement.add(task);
      case TaskState.BackingOff waits -> timers.add(waits.until(), task);
      case TaskState.Offered offered ->
          timers.add(offered.acceptBy() + settings.clockSkewSeconds(), task);
      case TaskState.Waiting waiting -> {}
      case TaskState.Linked linked -> {}
      case TaskState.Running runs -> watch(task, runs);
      case TaskState.Succeeded done -> {}
      case TaskState.Failed gaveUp -> {}
    }
  }

  private void watch(Task task, TaskState.Running runs) {
    if (settings.speculation().enabled() && task.copy() == null) {
      stragglers.watch(task, runs);
    }
  }

  void changed(Job job) {
    changedJobs.add(job.id());
  }

  /** Sets the attempt that races the task's first one, or ends that with null, and stores it. */
  void copyBecomes(Task task, TaskState.@Nullable Placed next, Turn turn) {
    setCopy(task, next);
    save(task, turn);
    changed(task.job());
    followCopy(task);
  }

  private void setCopy(Task task, TaskState.@Nullable Placed next) {
    copies += (next == null ? 0 : 1) - (task.copy() == null ? 0 : 1);
    task.copyBecomes(next);
  }

  /** Puts the task on the clock if its copy's offer ends, or if it lost its copy. */
  void followCopy(Task task) {
    if (task.state() instanceof TaskState.Running runs) {
      watch(task, runs);
    }
    if (task.copy() instanceof TaskState.Offered offered) {
      timers.add(offered.acceptBy() + settings.clockSkewSeconds(), task);
    }
  }

  /**
   * One of the task's live attempts is over without a result. Takes it off its device, with what is
   * linked to it; a copy takes the place of the first one. Returns false when nothing of the task
   * lives on: the caller says then what becomes of it.
   */
  boolean drop(Task task, TaskState.Placed over, Turn turn) {
    vacate(task, over, turn);
    links.over(task, over.attempt(), turn);
    TaskState.Placed copy = task.copy();
    if (copy == null) {
      return false;
    }
    if (over.equals(copy)) {
      copyBecomes(task, null, turn);
    } else {
      setCopy(task, null);
      become(task, copy, turn);
    }
    return true;
  }

  /** Takes all of the task's live attempts off their devices and tells the devices to stop. */
  void cancelAll(Task task, Turn turn) {
    withdrawAllBut(task, null, turn);
  }

  /** The same, but that the device whose attempt it is needn't be told. */
  void withdrawAllBut(Task task, Input.@Nullable AttemptInput known, Turn turn) {
    for (TaskState.Placed live : task.placed()) {
      vacate(task, live, turn);
      boolean tell =
          known == null
              || known.attempt().attempt() != live.attempt()
              || !known.device().equals(live.device());
      if (tell) {
        cancel(task, live, turn);
      }
    }
    setCopy(task, null);
  }

  /** Takes back an offer that hasn't started: the task is ready for another one, at once. */
  void withdraw(Task task, TaskState.Offered offered, String why, Turn turn) {
    cancel(task, offered, turn);
    boolean livesOn = drop(task, offered, turn);
    recollections.problem(task, why);
    if (!livesOn) {
      become(task, new TaskState.Ready(turn.now()), turn);
    }
  }

  /**
   * Takes back offers that the device hasn't started.
   *
   * @param which whose offers
   * @param most how many
   * @return how many were taken back
   */
  int withdrawOffers(Device device, Predicate<Task> which, int most, String why, Turn turn) {
    int withdrawn = 0;
    for (Occupant occupant : List.copyOf(device.occupants())) {
      Task task = occupant.task();
      if (withdrawn < most
          && task.placed(occupant.attempt()) instanceof TaskState.Offered offered
          && which.test(task)) {
        withdraw(task, offered, why, turn);
        withdrawn++;
      }
    }
    return withdrawn;
  }

  private void cancel(Task task, TaskState.Placed live, Turn turn) {
    Device device = fleet.device(live.device());
    if (device != null) {
      turn.effects()
          .emit(
              new Effect.Cancel(
                  task.attempt(live.attempt()),
                  device.id(),
                  device.deviceClass(),
                  live.lane(),
                  turn.now()));
    }
  }

  /** Takes a live attempt off its device. */
  void vacate(Task task, TaskState.Placed live, Turn turn) {
    Device device = fleet.device(live.device());
    if (device != null) {
      fleet.vacate(device, task, turn.now());
      double seconds = live instanceof TaskState.Running runs ? turn.now() - runs.since() : 0;
      placement.settled(task, device.deviceClass(), live.predictedSeconds(), Math.max(0, seconds));
    }
  }

  private static void save(Task task, Turn turn) {
    if (turn.effects().storesRows()) {
      turn.save(
          new Row.TaskRow(
              task.job().id(),
              task.id(),
              task.state(),
              task.copy(),
              task.attempts(),
              task.failures()));
    }
  }

  Row.PoolRow row() {
    return new Row.PoolRow(paused, governance.changed());
  }

  Row.JobRow rowOf(Job job) {
    return new Row.JobRow(
        job.id(), job.header(), job.sealed(), job.acceptedAt(), proofs.get(job), null);
  }

  static TaskCounts counts(Job job) {
    return new TaskCounts(job.size(), job.running(), job.succeeded(), job.failed());
  }

  /** Announces something about the job itself. */
  static void publish(
      Job job, JobEvent.Type type, List<String> reasons, @Nullable Proof proof, Turn turn) {
    turn.publish(
        new JobEvent(job.id(), type, turn.now(), null, null, reasons, null, proof, counts(job)));
  }
}
