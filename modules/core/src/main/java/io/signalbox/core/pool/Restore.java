package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Occupant;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.job.TaskState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the live state from rows. */
final class Restore {
  private final State state;
  private final Intake intake;
  private final double now;
  private final TaskState ready;
  private final Map<Job, List<TaskSpec>> dependent = new LinkedHashMap<>();
  private final List<Row.TaskRow> taskRows = new ArrayList<>();

  Restore(State state, Intake intake, double now) {
    this.state = state;
    this.intake = intake;
    this.now = now;
    this.ready = new TaskState.Ready(now);
  }

  void from(Iterable<Row> rows) {
    for (Row row : rows) {
      take(row);
    }
    dependent.forEach(this::link);
    state.jobs.values().forEach(this::count);
    taskRows.forEach(this::place);
    state.jobs.values().forEach(this::settle);
    state.hotspots.lean(now);
  }

  private void take(Row row) {
    switch (row) {
      case Row.PoolRow pool -> {
        state.paused = pool.paused();
        state.governance.restore(pool.placement());
      }
      case Row.DeviceRow device -> {
        Device live = state.fleet.report(device.report(), now);
        state.fleet.drain(live, device.drained(), now);
        state.fleet.restore(live, device.slowness(), device.quarantine(), now);
        state.cooling.add(live);
      }
      case Row.RunTimeRow learned -> state.estimator.restore(learned.runTime());
      case Row.JobRow job -> take(job);
      case Row.SpecRow spec -> {
        Job job = state.jobs.get(spec.job());
        if (job == null) {
          state.ended.deleteLater(row.key());
        } else {
          describe(job, spec.spec());
        }
      }
      case Row.TaskRow task -> {
        if (state.jobs.containsKey(task.job())) {
          taskRows.add(task);
        } else {
          state.ended.deleteLater(row.key());
        }
      }
      case Row.HotspotRow hot -> state.hotspots.restore(hot.hot(), now);
      case Row.ResultRow result -> {
        Job job = state.jobs.get(result.job());
        if (job == null) {
          state.ended.deleteLater(row.key());
        } else {
          job.keepResult(job.nodeOf(result.task()));
        }
      }
      case Row.AllowanceRow allowance -> state.tenants.restore(allowance);
    }
  }

  private void take(Row.JobRow row) {
    if (row.outcome() != null) {
      state.ended.restore(row);
      return;
    }
    Job job = new Job(row.job(), row.header(), row.acceptedAt());
    if (row.sealed()) {
      job.seal();
    }
    state.jobs.put(job.id(), job);
    if (row.proof() != null) {
      state.proofs.put(job, row.proof());
    }
  }

  /** A task that waits for others is linked to them when all are known; its payload can go. */
  private void describe(Job job, TaskSpec spec) {
    Task task = job.define(spec);
    if (spec.dependencies().isEmpty()) {
      intake.weigh(task);
    } else {
      dependent.computeIfAbsent(job, key -> new ArrayList<>()).add(spec.withoutPayload());
    }
  }

  private void count(Job job) {
    state.liveTasks += job.size();
    state.tenants.grown(job, job.size());
  }

  private void link(Job job, List<TaskSpec> described) {
    for (TaskSpec spec : Topological.order(job, described)) {
      String cycle = intake.link(job, spec);
      if (cycle != null) {
        throw new IllegalStateException("stored state is damaged: " + cycle);
      }
    }
  }

  private void place(Row.TaskRow row) {
    Job job = state.jobs.get(row.job());
    Task task = job == null ? null : job.task(row.task());
    if (task == null) {
      throw new IllegalStateException(
          "stored state is damaged: no spec for task " + row.job() + "/" + row.task());
    }
    task.restore(row.state(), row.copy(), row.attempts(), row.failures());
    state.copies += task.copy() == null ? 0 : 1;
    task.placed().forEach(live -> occupy(task, live));
    if (row.state() instanceof TaskState.Succeeded) {
      task.job().graph().finish(task.node());
    }
  }

  private void occupy(Task task, TaskState.Placed live) {
    Device device = state.fleet.device(live.device());
    if (device == null) {
      throw new IllegalStateException(
          "stored state is damaged: " + task + " is on a device without a row");
    }
    double startsAt = live instanceof TaskState.Running runs ? runs.since() : now;
    Occupant occupant =
        state.fleet.occupy(device, task, live.attempt(), live.predictedSeconds(), startsAt, now);
    if (live instanceof TaskState.Running runs) {
      state.fleet.start(device, occupant, runs.since(), now);
    }
  }

  /** Ranks the job, and queues what waits for a device or for the clock. */
  private void settle(Job job) {
    job.graph().updateRanks();
    List<Task> tasks = job.tasks();
    state.links.restore(tasks, now);
    state.backlog.restore(job, now);
    state.placement.grown(job, tasks.size());
    for (Task task : tasks) {
      task.setPendingParents(Intake.unfinishedParents(task));
      boolean free = task.pendingParents() == 0;
      if (free && !(task.state() instanceof TaskState.Succeeded)) {
        Intake.locateData(task, state.fleet);
      }
      if (free && task.state() instanceof TaskState.Waiting) {
        task.become(ready);
      }
      state.follow(task);
      if (task.copy() != null) {
        state.followCopy(task);
      }
    }
    state.changed(job);
  }
}
