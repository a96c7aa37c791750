package io.signalbox.cli.bench;

import io.signalbox.bench.shape.JobShape;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.submission.JobRecords;
import io.signalbox.events.TaskSpec;
import io.signalbox.simulator.workload.InvalidFileException;
import io.signalbox.simulator.workload.JobPlan;
import io.signalbox.simulator.workload.Workloads;
import java.nio.file.Path;
import java.util.List;

/** Reads the name of a shape: one of the benchmark's own, or a workflow's file. */
final class ShapeOption {
  private static final String FILE = "wfformat:";

  private ShapeOption() {}

  static JobShape shape(String name) {
    if (name.startsWith(FILE)) {
      return ofFile(name, Path.of(name.substring(FILE.length())));
    }
    try {
      return JobShape.named(name);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          "--shape: " + e.getMessage() + ", or wfformat:FILE for a workflow", e);
    }
  }

  /** True when the shape has a number of tasks of its own. */
  static boolean isFile(String name) {
    return name.startsWith(FILE);
  }

  private static JobShape ofFile(String name, Path file) {
    try {
      List<JobPlan> plans = Workloads.read(file).jobs();
      if (plans.size() != 1) {
        throw CommandFailure.usage("--shape: " + file + " has not one job but " + plans.size());
      }
      List<TaskSpec> tasks = JobRecords.of(plans.getFirst(), "bench").tasks();
      return JobShape.of(name, any -> tasks);
    } catch (InvalidFileException e) {
      throw CommandFailure.usage("--shape: " + e.getMessage(), e);
    }
  }
}
