package io.signalbox.core.pool;

import io.signalbox.core.agenda.Agenda;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that something happens to at a time: an offer's end, a back-off's end. A task that moved on
 * in the meantime is still named once; whoever asks looks at its state.
 */
final class Timers {
  private static final int FEWEST_BEFORE_CLEANING = 1_024;

  private final Agenda<Task> timers = new Agenda<>();
  private int cleanAt = FEWEST_BEFORE_CLEANING;

  /** Most offers are taken long before they end, so those that are go when there are many. */
  void add(double at, Task task) {
    timers.add(at, task);
    if (timers.size() > cleanAt) {
      timers.removeIf(each -> !isSet(each));
      cleanAt = Math.max(FEWEST_BEFORE_CLEANING, 2 * timers.size());
    }
  }

  /** When the next time comes, in seconds since the epoch; infinity when none is set. */
  double nextDue() {
    while (!timers.isEmpty() && !isSet(timers.next())) {
      timers.remove();
    }
    return timers.nextAt();
  }

  /** True when the task may still be in the state that set the timer. */
  private static boolean isSet(Task task) {
    return !task.job().ended()
        && (task.state() instanceof TaskState.BackingOff
            || task.state() instanceof TaskState.Offered
            || task.copy() instanceof TaskState.Offered);
  }

  /** The next task whose time has come, or null. */
  @Nullable Task due(double now) {
    return timers.nextAt() > now ? null : timers.remove();
  }
}
