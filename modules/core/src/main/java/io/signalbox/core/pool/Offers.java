package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import io.signalbox.core.placement.Binding;

/** Makes offers, and takes them back when their time is over. */
final class Offers {
  private final State state;

  Offers(State state) {
    this.state = state;
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
      state.become(task, new TaskState.Ready(turn.now()), turn);
    }
  }

  private boolean isOver(TaskState.Offered offered, double now) {
    return offered.acceptBy() + state.settings.clockSkewSeconds() <= now;
  }

  /** Places what is ready. */
  void place(Turn turn) {
    if (!state.paused) {
      state.placement.place(turn.now(), binding -> offer(binding, turn));
    }
  }

  private void offer(Binding binding, Turn turn) {
    Task task = binding.task();
    Device device = binding.device();
    // An offer that has to wait for a slot stays valid for twice the wait that is expected.
    double wait = Math.max(0, device.availableAt() - turn.now());
    double acceptBy = turn.now() + state.settings.offerSeconds() + 2 * wait;
    int attempt = task.nextAttempt();
    state.recollections.decided(task.attempt(attempt), binding, state.placement.name(), turn.now());
    state.fleet.occupy(
        device, task, attempt, binding.predictedSeconds(), binding.startsAt(), turn.now());
    state.become(
        task,
        new TaskState.Offered(
            attempt, device.id(), device.lane(), acceptBy, binding.predictedSeconds()),
        turn);
    turn.effects()
        .emit(
            new Effect.Offer(
                task.attempt(attempt),
                device.id(),
                device.deviceClass(),
                device.lane(),
                turn.now(),
                acceptBy,
                new Effect.Decision(
                    state.placement.name(),
                    binding.predictedSeconds(),
                    binding.finishesAt(),
                    task.job().graph().upwardRank(task.node()),
                    binding.score(),
                    binding.candidates())));
  }
}
