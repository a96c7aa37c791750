package io.signalbox.core.placement;

import io.signalbox.core.job.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which task hoped for which device when the queue was looked at last; what a policy is asked about
 * later. Bounded: what comes behind the first ones isn't kept.
 */
final class Reservations {
  private static final int MOST = 10_000;

  private final List<Binding> made = new ArrayList<>();

  /** A new look at the queue begins. */
  void clear() {
    made.clear();
  }

  void add(Binding binding) {
    if (made.size() < MOST) {
      made.add(binding);
    }
  }

  /** What the task hoped for, or null. */
  @Nullable Binding of(Task task) {
    for (Binding binding : made) {
      if (binding.task() == task) {
        return binding;
      }
    }
    return null;
  }

  /** True when there was no room for more. */
  boolean full() {
    return made.size() == MOST;
  }
}
