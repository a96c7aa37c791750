package io.signalbox.core.pool;

import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskState;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that something happens to at a time: an offer's end, a back-off's end. A task that moved on
 * in the meantime is still named once; whoever asks looks at its state.
 */
final class Timers {
  private record Timer(double at, long sequence, Task task) {}

  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingDouble(Timer::at).thenComparingLong(Timer::sequence));
  private long sequence;

  void add(double at, Task task) {
    timers.add(new Timer(at, ++sequence, task));
  }

  /** When the next time comes, in seconds since the epoch; infinity when none is set. */
  double nextDue() {
    while (!timers.isEmpty() && !isSet(timers.peek())) {
      timers.remove();
    }
    return timers.isEmpty() ? Double.POSITIVE_INFINITY : timers.peek().at();
  }

  /** True when the task may still be in the state that set the timer. */
  private static boolean isSet(Timer timer) {
    Task task = timer.task();
    return !task.job().ended()
        && (task.state() instanceof TaskState.BackingOff
            || task.placed().stream().anyMatch(TaskState.Offered.class::isInstance));
  }

  /** The next task whose time has come, or null. */
  @Nullable Task due(double now) {
    Timer first = timers.peek();
    if (first == null || first.at() > now) {
      return null;
    }
    timers.remove();
    return first.task();
  }
}
