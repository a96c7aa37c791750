package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Fleet;
import io.signalbox.core.device.Occupant;
import io.signalbox.core.estimate.RunTimeEstimator;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import io.signalbox.core.placement.Placement;
import io.signalbox.core.placement.PlacementFactory;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is alive in a pool, shared by the parts that change it. */
final class State {
  final String name;
  final PoolSettings settings;
  final Map<String, Job> jobs = new LinkedHashMap<>();
  final EndedJobs ended;
  final Fleet fleet;
  final RunTimeEstimator estimator;
  final Placement placement;
  final Timers timers = new Timers();
  final Set<String> changedJobs = new LinkedHashSet<>();
  boolean paused;
  int liveTasks;

  State(String name, PoolSettings settings, PlacementFactory policy) {
    this.name = name;
    this.settings = settings;
    this.ended = new EndedJobs(settings.endedJobSeconds());
    this.fleet = new Fleet(settings.deviceClasses());
    this.estimator = new RunTimeEstimator(settings.deviceClasses());
    this.placement = policy.create(fleet, estimator);
  }

  /** Moves a task, stores it, and keeps the queues in step. */
  void become(Task task, TaskState next, Turn turn) {
    if (task.state() instanceof TaskState.Ready) {
      placement.remove(task);
    }
    task.become(next);
    turn.save(rowOf(task));
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
      case TaskState.Running runs -> {}
      case TaskState.Succeeded done -> {}
      case TaskState.Failed gaveUp -> {}
    }
  }

  void changed(Job job) {
    changedJobs.add(job.id());
  }

  /** The device that holds the task's last attempt, or null. */
  @Nullable Device holder(Task task) {
    return switch (task.state()) {
      case TaskState.Offered offered -> fleet.device(offered.device());
      case TaskState.Running runs -> fleet.device(runs.device());
      case TaskState.Waiting waiting -> null;
      case TaskState.Ready queued -> null;
      case TaskState.BackingOff waits -> null;
      case TaskState.Succeeded done -> null;
      case TaskState.Failed gaveUp -> null;
    };
  }

  /** Takes the task's attempt off its device, telling the device when it should stop. */
  void withdraw(Task task, boolean tell, Turn turn) {
    Device device = holder(task);
    if (device == null) {
      return;
    }
    Occupant occupant = device.occupant(task);
    fleet.vacate(device, task, turn.now());
    if (tell && occupant != null) {
      turn.effects()
          .emit(
              new Effect.Cancel(
                  task.attempt(), device.id(), device.deviceClass(), laneOf(task), turn.now()));
    }
  }

  private static int laneOf(Task task) {
    return switch (task.state()) {
      case TaskState.Offered offered -> offered.lane();
      case TaskState.Running runs -> runs.lane();
      default -> throw new IllegalStateException(task + " has no lane");
    };
  }

  Row.TaskRow rowOf(Task task) {
    return new Row.TaskRow(
        task.job().id(), task.id(), task.state(), task.attempts(), task.failures());
  }

  static Row.JobRow rowOf(Job job) {
    return new Row.JobRow(job.id(), job.header(), job.sealed(), job.acceptedAt(), null);
  }

  static TaskCounts counts(Job job) {
    return new TaskCounts(job.size(), job.running(), job.succeeded(), job.failed());
  }

  /** Announces something about the job itself. */
  static void publish(Job job, JobEvent.Type type, List<String> reasons, Turn turn) {
    turn.publish(new JobEvent(job.id(), type, turn.now(), null, null, reasons, null, counts(job)));
  }
}
