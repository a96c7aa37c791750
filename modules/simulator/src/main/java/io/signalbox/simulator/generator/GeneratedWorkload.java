package io.signalbox.simulator.generator;

import io.signalbox.core.job.JobHeader;
import io.signalbox.core.pool.PoolSettings.Limits;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.Workload;
import java.util.List;

/**
 * A workload that is made up: one job, the same for the same shape, size and seed.
 *
 * @param shape how its tasks depend on each other
 * @param tasks how many there are
 * @param seed of all that is random in it
 */
public record GeneratedWorkload(Shape shape, int tasks, long seed) {
  /** What the names of generated workloads begin with. */
  public static final String PREFIX = "generated:";

  private static final String RULE =
      "generated:SHAPE:TASKS:SEED, for instance generated:layered:1000:7";

  public GeneratedWorkload {
    int most = Limits.DEFAULT.tasksPerJob();
    if (tasks < 1 || tasks > most) {
      throw new IllegalArgumentException(
          "a generated workload has 1 to %d tasks, not %d".formatted(most, tasks));
    }
  }

  /**
   * The workload of a name such as {@code generated:layered:1000:7}.
   *
   * @throws IllegalArgumentException saying what is wrong with the name
   */
  public static GeneratedWorkload named(String name) {
    String[] parts = name.split(":", -1);
    if (parts.length != 4 || !name.startsWith(PREFIX)) {
      throw new IllegalArgumentException("'%s' should be %s".formatted(name, RULE));
    }
    Shape shape = Shape.of(parts[1]);
    try {
      return new GeneratedWorkload(shape, Integer.parseInt(parts[2]), Long.parseLong(parts[3]));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' should be %s".formatted(name, RULE), e);
    }
  }

  /** A name for reports, which may be part of a file's name. */
  public String name() {
    return shape.written() + "-" + tasks + "-" + seed;
  }

  /** The workload itself. */
  public Workload workload() {
    JobPlan plan = new JobPlan(name(), JobHeader.DEFAULT, GraphBuilder.tasks(this));
    return new Workload(name(), List.of(plan));
  }
}
