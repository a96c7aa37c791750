package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.device.Occupant;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What always holds in a pool. Tests ask after every step; a breach is a bug. */
final class Invariants {
  private final State state;

  Invariants(State state) {
    this.state = state;
  }

  void check() {
    for (Job job : state.jobs.values()) {
      require(!job.ended(), () -> "ended job %s is among the live ones".formatted(job.id()));
      check(job);
    }
    int live = state.jobs.values().stream().mapToInt(Job::size).sum();
    require(
        live == state.liveTasks,
        () -> "%d live tasks are counted, %d are there".formatted(state.liveTasks, live));
    Map<String, Integer> tenants = new HashMap<>();
    state.jobs.values().stream()
        .filter(job -> job.size() > 0)
        .forEach(job -> tenants.merge(job.header().tenant(), job.size(), Integer::sum));
    tenants.forEach((tenant, tasks) ->
        require(
            state.tenants.live(tenant) == tasks,
            () ->
                "%s has %d tasks, %d are counted"
                    .formatted(tenant, tasks, state.tenants.live(tenant))));
    require(
        tenants.size() == state.tenants.tenants(),
        () -> "%d tenants have live tasks".formatted(tenants.size()));
    long copies =
        state.jobs.values().stream()
            .flatMap(job -> job.tasks().stream())
            .filter(task -> task.copy() != null)
            .count();
    require(
        copies == state.copies,
        () -> "%d copies are counted, %d are there".formatted(state.copies, copies));
    for (Job job : state.proofs.keySet()) {
      require(
          state.jobs.get(job.id()) == job && job.sealed(),
          () -> "the deadline of %s is watched, which isn't live and sealed".formatted(job.id()));
    }
    state.fleet.devices().forEach(this::check);
    long linked =
        state.jobs.values().stream()
            .flatMap(job -> job.tasks().stream())
            .filter(task -> task.state() instanceof TaskState.Linked)
            .count();
    require(
        linked == state.links.size(),
        () -> "%d links are kept, %d tasks are linked".formatted(state.links.size(), linked));
  }

  private void check(Job job) {
    int running = 0;
    int succeeded = 0;
    int ready = 0;
    for (Task task : job.tasks()) {
      check(task);
      running += task.state() instanceof TaskState.Running ? 1 : 0;
      succeeded += task.state() instanceof TaskState.Succeeded ? 1 : 0;
      ready += task.state() instanceof TaskState.Ready ? 1 : 0;
    }
    require(
        running == job.running(), () -> "%s counts %d running".formatted(job.id(), job.running()));
    require(
        succeeded == job.succeeded(),
        () -> "%s counts %d succeeded".formatted(job.id(), job.succeeded()));
    require(ready == job.ready(), () -> "%s counts %d ready".formatted(job.id(), job.ready()));
    require(
        !(job.sealed() && job.size() == succeeded),
        () -> "%s is done and hasn't ended".formatted(job.id()));
  }

  private void check(Task task) {
    int pending = Intake.unfinishedParents(task);
    boolean linked = task.state() instanceof TaskState.Linked;
    boolean waits = linked || task.state() instanceof TaskState.Waiting;
    require(
        pending == task.pendingParents(),
        () -> "%s counts %d parents".formatted(task, task.pendingParents()));
    require(waits == pending > 0, () -> "%s has %d unfinished parents".formatted(task, pending));
    require(
        state.placement.contains(task) == task.state() instanceof TaskState.Ready,
        () -> "%s and the ready queue disagree".formatted(task));
    require(
        task.copy() == null || task.state() instanceof TaskState.Running,
        () -> "%s has a copy %s without running".formatted(task, task.copy()));
    task.placed().forEach(live -> check(task, live));
    if (task.state() instanceof TaskState.Linked link) {
      check(task, link);
    }
  }

  private void check(Task task, TaskState.Linked link) {
    Task parent = task.job().task(link.parent());
    require(
        parent != null && state.links.follower(parent) == task,
        () -> "%s doesn't follow its parent".formatted(task));
    require(task.pendingParents() == 1, () -> "%s has other parents to wait for".formatted(task));
    TaskState.Placed live = parent == null ? null : parent.placed(link.parentAttempt());
    boolean hangs =
        parent != null
            && (live != null
                ? live.device().equals(link.device())
                : parent.state() instanceof TaskState.Linked before
                    && before.attempt() == link.parentAttempt()
                    && before.device().equals(link.device()));
    require(hangs, () -> "%s hangs on nothing".formatted(task));
    require(
        link.attempt() >= 1 && link.attempt() <= task.attempts(),
        () -> "%s has had %d offers".formatted(task, task.attempts()));
  }

  private void check(Task task, TaskState.Placed live) {
    Device device = state.fleet.device(live.device());
    Occupant occupant = device == null ? null : device.occupant(task);
    require(occupant != null, () -> "%s isn't on the device it names".formatted(task));
    require(
        occupant != null && occupant.attempt() == live.attempt(),
        () -> "%s holds another attempt of %s".formatted(device, task));
    require(
        live.attempt() >= 1 && live.attempt() <= task.attempts(),
        () -> "%s has had %d offers".formatted(task, task.attempts()));
  }

  private void check(Device device) {
    int running = 0;
    for (Occupant occupant : device.occupants()) {
      Task task = occupant.task();
      running += occupant.running() ? 1 : 0;
      TaskState.Placed live = task.placed(occupant.attempt());
      require(
          live != null && live.device().equals(device.id()),
          () -> "%s holds %s, which is elsewhere".formatted(device, task));
      require(
          occupant.running() == live instanceof TaskState.Running,
          () -> "%s and its device disagree".formatted(task));
      check(device, occupant);
    }
    require(
        running == device.running(),
        () -> "%s counts %d running".formatted(device, device.running()));
  }

  private void check(Device device, Occupant occupant) {
    Task task = occupant.task();
    Task follower = state.links.follower(task);
    boolean followed =
        follower != null
            && follower.state() instanceof TaskState.Linked link
            && link.parentAttempt() == occupant.attempt();
    double seconds = followed ? state.links.linkedSeconds(task) : 0;
    require(
        occupant.linkedSeconds() == seconds,
        () -> "%s counts %f s behind %s".formatted(device, occupant.linkedSeconds(), task));
    int length = 0;
    for (Task next = follower; next != null; next = state.links.follower(next)) {
      length++;
    }
    int longest = length;
    require(
        length <= state.settings.linkedOffers(),
        () -> "%d tasks are linked behind %s".formatted(longest, task));
  }

  private static void require(boolean holds, Supplier<String> breach) {
    if (!holds) {
      throw new IllegalStateException("invariant broken: " + breach.get());
    }
  }
}
