package io.signalbox.core.pool;

import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.Task;
import io.signalbox.core.job.TaskSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tasks of one record into topological order (Kahn 1962), so that the graph's online
 * order has little to repair. Tasks on a cycle come last, as they came; the graph names the cycle.
 */
final class Topological {
  private final Job job;
  private final List<TaskSpec> specs;
  private final List<Task> tasks;
  // Parents that are among the tasks and haven't come yet, by task.
  private final int[] pending;
  // Edges by number: the child of each, and the next one of the same parent; -1 is none.
  private final int[] firstOf;
  private final int[] lastOf;
  private int[] child = new int[16];
  private int[] next = new int[16];
  private int edges;

  private Topological(Job job, List<TaskSpec> specs) {
    this.job = job;
    this.specs = specs;
    this.tasks = new ArrayList<>(specs.size());
    this.pending = new int[specs.size()];
    this.firstOf = new int[specs.size()];
    this.lastOf = new int[specs.size()];
    Arrays.fill(firstOf, -1);
  }

  /**
   * The tasks in topological order.
   *
   * @param job theirs, which knows all of them
   */
  static List<TaskSpec> order(Job job, List<TaskSpec> specs) {
    return specs.size() < 2 ? specs : new Topological(job, specs).order();
  }

  private List<TaskSpec> order() {
    for (TaskSpec spec : specs) {
      Task task = Objects.requireNonNull(job.task(spec.id()));
      task.listAt(tasks.size());
      tasks.add(task);
    }
    for (int i = 0; i < specs.size(); i++) {
      for (Dependency dependency : specs.get(i).dependencies()) {
        int parent = place(job.task(dependency.task()));
        if (parent >= 0) {
          link(parent, i);
        }
      }
    }
    return drain();
  }

  /** Where a task is among those to be ordered, or -1. */
  private int place(@Nullable Task task) {
    int at = task == null ? -1 : task.listedAt();
    return at >= 0 && at < tasks.size() && tasks.get(at) == task ? at : -1;
  }

  private void link(int parent, int of) {
    if (edges == child.length) {
      child = Arrays.copyOf(child, 2 * edges);
      next = Arrays.copyOf(next, 2 * edges);
    }
    child[edges] = of;
    next[edges] = -1;
    if (firstOf[parent] < 0) {
      firstOf[parent] = edges;
    } else {
      next[lastOf[parent]] = edges;
    }
    lastOf[parent] = edges++;
    pending[of]++;
  }

  private List<TaskSpec> drain() {
    int[] free = new int[pending.length];
    int known = 0;
    for (int i = 0; i < pending.length; i++) {
      if (pending[i] == 0) {
        free[known++] = i;
      }
    }
    List<TaskSpec> ordered = new ArrayList<>(pending.length);
    while (ordered.size() < known) {
      int first = free[ordered.size()];
      ordered.add(specs.get(first));
      for (int edge = firstOf[first]; edge >= 0; edge = next[edge]) {
        if (--pending[child[edge]] == 0) {
          free[known++] = child[edge];
        }
      }
    }
    for (int i = 0; i < pending.length; i++) {
      if (pending[i] > 0) {
        ordered.add(specs.get(i));
      }
    }
    return ordered;
  }
}
