package io.signalbox.core.pool;

import io.signalbox.core.device.Occupant;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskRef;
import io.signalbox.core.job.TaskState;
import io.signalbox.core.placement.Binding;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What explains live tasks beyond what is stored: why their attempts are where they are, and what
 * went wrong last. In memory only and lost with a restart; nothing depends on it. Bounded:
 * decisions by what devices can hold, problems by their number.
 */
final class Recollections {
  private static final int MOST_PROBLEMS = 10_000;
  private static final int PROBLEM_CHARACTERS = 500;
  private static final int FEWEST_BEFORE_CLEANING = 64;

  /** A decision, and when it was made. */
  record Decided(Binding binding, String policy, double at) {}

  private final Map<AttemptRef, Decided> decisions = new HashMap<>();
  private final Map<TaskRef, String> problems = new LinkedHashMap<>();
  private int cleanAt = FEWEST_BEFORE_CLEANING;

  /** An attempt is offered. Those that are over go when there are twice as many as live ones. */
  void decided(AttemptRef attempt, Binding binding, String policy, double now) {
    decisions.put(attempt, new Decided(binding, policy, now));
    if (decisions.size() > cleanAt) {
      decisions.entrySet().removeIf(entry -> !live(entry.getKey(), entry.getValue().binding()));
      cleanAt = Math.max(FEWEST_BEFORE_CLEANING, 2 * decisions.size());
    }
  }

  private static boolean live(AttemptRef attempt, Binding binding) {
    if (binding.task().state() instanceof TaskState.Linked linked) {
      return linked.attempt() == attempt.attempt();
    }
    Occupant occupant = binding.device().occupant(binding.task());
    return occupant != null && occupant.attempt() == attempt.attempt();
  }

  /** Why the attempt was offered to that device, or null when that isn't known. */
  @Nullable Decided decision(AttemptRef attempt, String device) {
    Decided decided = decisions.get(attempt);
    return decided != null && decided.binding().device().id().equals(device) ? decided : null;
  }

  /** An attempt of the task came to no good. The longest known is forgotten when there are many. */
  void problem(Task task, String what) {
    TaskRef ref = new TaskRef(task.job().id(), task.id());
    problems.remove(ref);
    problems.put(
        ref, what.length() > PROBLEM_CHARACTERS ? what.substring(0, PROBLEM_CHARACTERS) : what);
    if (problems.size() > MOST_PROBLEMS) {
      problems.remove(problems.keySet().iterator().next());
    }
  }

  /** What went wrong last with the task, or null. */
  @Nullable String problem(TaskRef task) {
    return problems.get(task);
  }
}
