package io.signalbox.client;

import io.signalbox.events.Admission;
import io.signalbox.events.TaskSpec;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A DAG of tasks that is submitted as a whole. Begin with {@link #named}.
 *
 * @param pool the fleet that shall run it
 * @param name its id, unique within the pool
 * @param tenant who it is charged to
 * @param deadline when it should be done, or null
 * @param admission what becomes of it when the deadline can't be kept
 * @param labels shown back in listings
 * @param tasks at least one, in any order; ids are unique and every parent is among them
 */
public record Job(
    String pool,
    String name,
    String tenant,
    @Nullable Instant deadline,
    Admission admission,
    Map<String, String> labels,
    List<TaskSpec> tasks) {
  /** Most tasks of a job. */
  public static final int MAX_TASKS = 1_000_000;

  /** Checks names, ids and parents; whether the graph has a cycle is for the engine to say. */
  public Job {
    Name.check("pool", pool);
    Name.check("job", name);
    Name.check("tenant", tenant);
    labels = Map.copyOf(labels);
    tasks = List.copyOf(tasks);
    if (tasks.isEmpty() || tasks.size() > MAX_TASKS) {
      throw new IllegalArgumentException(
          "Job " + name + " has " + tasks.size() + " tasks; it needs 1 to " + MAX_TASKS);
    }
    Set<String> ids = idsOf(name, tasks);
    for (TaskSpec task : tasks) {
      checkParents(name, task, ids);
    }
  }

  /** Starts to describe a job. */
  public static JobBuilder named(String name) {
    return new JobBuilder(name);
  }

  private static Set<String> idsOf(String job, List<TaskSpec> tasks) {
    Set<String> ids = new HashSet<>(tasks.size() * 2);
    for (TaskSpec task : tasks) {
      if (!ids.add(task.getTaskId())) {
        throw new IllegalArgumentException(
            "Job " + job + " has two tasks «" + task.getTaskId() + "»; ids must differ");
      }
    }
    return ids;
  }

  private static void checkParents(String job, TaskSpec task, Set<String> ids) {
    for (var dependency : task.getDependencies()) {
      if (!ids.contains(dependency.getTaskId())) {
        throw new IllegalArgumentException(
            "Task "
                + task.getTaskId()
                + " of job "
                + job
                + " comes after «"
                + dependency.getTaskId()
                + "», which is no task of the job");
      }
    }
  }
}
