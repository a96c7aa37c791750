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
      if (!task.job().ended() && isDue(task, turn.now())) {
        state.withdraw(task, false, turn);
        state.become(task, new TaskState.Ready(turn.now()), turn);
      }
    }
  }

  private boolean isDue(Task task, double now) {
    return switch (task.state()) {
      case TaskState.Offered offered ->
          offered.acceptBy() + state.settings.clockSkewSeconds() <= now;
      case TaskState.BackingOff waits -> waits.until() <= now;
      case TaskState.Waiting waiting -> false;
      case TaskState.Ready queued -> false;
      case TaskState.Running runs -> false;
      case TaskState.Succeeded done -> false;
      case TaskState.Failed gaveUp -> false;
    };
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
    task.nextAttempt();
    state.fleet.occupy(device, task, binding.predictedSeconds(), binding.startsAt(), turn.now());
    state.become(
        task,
        new TaskState.Offered(device.id(), device.lane(), acceptBy, binding.predictedSeconds()),
        turn);
    turn.effects()
        .emit(
            new Effect.Offer(
                task.attempt(),
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
