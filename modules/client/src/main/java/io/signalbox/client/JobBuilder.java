package io.signalbox.client;

import io.signalbox.events.Admission;
import io.signalbox.events.TaskSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes a {@link Job}: first the job's own settings, then task by task. */
public final class JobBuilder {
  private final String name;
  private final List<TaskSpec> tasks = new ArrayList<>();
  private final Map<String, String> labels = new HashMap<>();
  private String pool = "default";
  private String tenant = "default";
  private @Nullable Instant deadline;
  private Admission admission = Admission.WARN;
  private @Nullable TaskBuilder open;

  JobBuilder(String name) {
    this.name = Name.check("job", name);
  }

  /** The fleet that shall run it; «default» when not set. */
  public JobBuilder inPool(String pool) {
    this.pool = Name.check("pool", pool);
    return this;
  }

  /** Who it is charged to; «default» when not set. */
  public JobBuilder tenant(String tenant) {
    this.tenant = Name.check("tenant", tenant);
    return this;
  }

  /** When it should be done. */
  public JobBuilder deadline(Instant deadline) {
    this.deadline = deadline;
    return this;
  }

  /**
   * What becomes of it when the deadline can't be kept: ENFORCE has it refused, WARN, the default,
   * runs it and announces that it is at risk, OFF doesn't test the deadline.
   */
  public JobBuilder admission(Admission admission) {
    this.admission = admission;
    return this;
  }

  /** A free label, shown back in listings. */
  public JobBuilder label(String key, String value) {
    labels.put(key, value);
    return this;
  }

  /** Adds a task and goes on with its settings. */
  public TaskBuilder task(String id, String operation) {
    closeTask();
    TaskBuilder task = new TaskBuilder(this, id, operation);
    open = task;
    return task;
  }

  /** Adds tasks that are described already. */
  public JobBuilder tasks(Iterable<TaskSpec> described) {
    closeTask();
    described.forEach(tasks::add);
    return this;
  }

  /**
   * The job.
   *
   * @throws IllegalArgumentException when an id is doubled, a parent unknown or there is no task
   */
  public Job build() {
    closeTask();
    return new Job(pool, name, tenant, deadline, admission, labels, tasks);
  }

  private void closeTask() {
    TaskBuilder task = open;
    if (task != null) {
      tasks.add(task.spec());
      open = null;
    }
  }
}
