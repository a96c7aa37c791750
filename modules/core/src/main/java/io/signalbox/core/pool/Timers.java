package io.signalbox.core.pool;

import io.signalbox.core.job.Task;
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
