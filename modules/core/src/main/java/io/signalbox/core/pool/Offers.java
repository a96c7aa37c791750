package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import io.signalbox.core.placement.Binding;
import io.signalbox.core.speculation.Stragglers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes offers, and takes them back when their time is over. */
final class Offers {
  /** What the decisions for copies name as their policy. */
  private static final String SPECULATION = "speculation";

  private final State state;
  private final Experience experience;

  Offers(State state, Experience experience) {
    this.state = state;
    this.experience = experience;
  }

  /** Ends offers that nobody took, and back-offs. */
  void expire(Turn turn) {
    for (Task task = state.timers.due(turn.now());
        task != null;
        task = state.timers.due(turn.now())) {
      if (!task.job().ended()) {
        expire(task, turn);
      }
    }
  }

  private void expire(Task task, Turn turn) {
    for (TaskState.Placed live : task.placed()) {
      if (live instanceof TaskState.Offered offered && isOver(offered, turn.now())) {
        state.recollections.problem(
            task,
            "device '%s' didn't take offer %d in time"
                .formatted(offered.device(), offered.attempt()));
        if (!state.drop(task, offered, turn)) {
          state.become(task, new TaskState.Ready(turn.now()), turn);
        }
      }
    }
    if (task.state() instanceof TaskState.BackingOff waits && waits.until() <= turn.now()) {
      state.become(task, new TaskState.Ready(turn.now(), true), turn);
    }
  }

  private boolean isOver(TaskState.Offered offered, double now) {
    return offered.acceptBy() + state.settings.clockSkewSeconds() <= now;
  }

  /** Places what is ready. */
  void place(Turn turn) {
    if (!state.paused) {
      state.placement.place(turn.now(), binding -> offer(binding, state.placement.name(), turn));
    }
  }

  /** Lets second copies race overdue attempts, within what the settings allow. */
  void speculate(Stragglers.Share which, Turn turn) {
    if (!state.paused && state.settings.speculation().enabled()) {
      int room = state.settings.speculation().copies(state.fleet.size()) - state.copies;
      state.stragglers.place(
          turn.now(),
          room,
          which,
          late -> overdue(late, turn),
          copy -> offer(copy, SPECULATION, turn));
    }
  }

  /** What waits for an attempt that should long be over, and for no other, goes elsewhere. */
  private void overdue(Task task, Turn turn) {
    experience.overdue(task, turn);
    state.links.overdue(task, turn);
    Device device =
        task.state() instanceof TaskState.Running runs ? state.fleet.device(runs.device()) : null;
    if (device != null && device.stuck(state.fleet.knownUntil(turn.now()))) {
      String why = "device '%s' lost its offer: what it runs is overdue".formatted(device.id());
      state.withdrawOffers(device, waiting -> true, Integer.MAX_VALUE, why, turn);
    }
  }

  private void offer(Binding binding, String policy, Turn turn) {
    Task task = binding.task();
    Device device = binding.device();
    // An offer that has to wait for a slot stays valid for twice the wait that is expected.
    double wait = Math.max(0, device.availableAt() - turn.now());
    double acceptBy = turn.now() + state.settings.offerSeconds() + 2 * wait;
    int attempt = task.nextAttempt();
    state
        .fleet
        .occupy(device, task, attempt, binding.predictedSeconds(), binding.startsAt(), turn.now())
        .because(new Recollections.Decided(binding, policy, turn.now()));
    TaskState.Offered offered =
        new TaskState.Offered(
            attempt, device.id(), device.lane(), acceptBy, binding.predictedSeconds());
    if (task.state() instanceof TaskState.Placed) {
      state.placement.charged(task, device.deviceClass(), binding.predictedSeconds());
      state.copyBecomes(task, offered, turn);
    } else {
      state.become(task, offered, turn);
    }
    turn.effects()
        .emit(
            new Effect.Offer(
                task.attempt(attempt),
                device.id(),
                device.deviceClass(),
                device.lane(),
                turn.now(),
                acceptBy,
                decision(policy, binding),
                null,
                turn.effects().storesRows() ? parents(task, device, turn.now()) : List.of(),
                task.job().header().traceparent()));
    state.links.consider(task);
  }

  /**
   * What a task is given to start from. A parent that isn't done yet will be, on the same device.
   */
  static List<Effect.Parent> parents(Task task, Device device, double now) {
    Job job = task.job();
    int count = job.graph().parentCount(task.node());
    List<Effect.Parent> parents = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int node = job.graph().parent(task.node(), i);
      Task parent = Objects.requireNonNull(job.task(node));
      parents.add(
          parent.state() instanceof TaskState.Succeeded done
              ? new Effect.Parent(
                  parent.id(), done.device(), done.finishedAt(), job.keepsResult(node))
              : new Effect.Parent(parent.id(), device.id(), now, false));
    }
    return parents;
  }

  /** Why a task goes where it goes. */
  static Effect.Decision decision(String policy, Binding binding) {
    Task task = binding.task();
    return new Effect.Decision(
        policy,
        binding.predictedSeconds(),
        binding.finishesAt(),
        task.job().graph().upwardRank(task.node()),
        binding.score(),
        binding.candidates());
  }
}
