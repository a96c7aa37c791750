package io.signalbox.core.pool;

import io.signalbox.core.device.Occupant;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskRef;
import io.signalbox.core.placement.Binding;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What explains live tasks beyond what is stored: why their attempts are where they are, and what
 * went wrong last. In memory only and lost with a restart; nothing depends on it. Bounded:
 * decisions by what devices hold, where those of placed attempts are kept, problems by their
 * number.
 */
final class Recollections {
  private static final int MOST_PROBLEMS = 10_000;
  private static final int PROBLEM_CHARACTERS = 500;

  /** A decision, and when it was made. */
  record Decided(Binding binding, String policy, double at) implements Occupant.Reason {}

  private final Map<Task, Decided> linked = new HashMap<>();
  private final Map<TaskRef, String> problems = new LinkedHashMap<>();

  /** A linked attempt is offered; once it is on its device, its place there says why. */
  void linked(Task task, Decided decided) {
    linked.put(task, decided);
  }

  /** The task is linked no more; returns why it was, or null when that isn't known. */
  @Nullable Decided unlinked(Task task) {
    return linked.remove(task);
  }

  /** Why an attempt is on its device, or null when that isn't known. */
  static @Nullable Decided decision(@Nullable Occupant occupant) {
    return occupant != null && occupant.reason() instanceof Decided decided ? decided : null;
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
