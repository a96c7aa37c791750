package io.signalbox.benchmarks;

import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Tasks as workflows have them: a few operations, run times spread over an order of magnitude,
 * fan-outs that are joined again.
 */
final class SampleTasks {
  private static final List<String> OPERATIONS =
      List.of("text.tokenize", "vision.detect", "llm.generate", "embed", "data.join", "rank");
  private static final List<String> ACCELERATORS =
      List.of("nvidia-h100", "nvidia-a100", "ascend-910");

  private final SplittableRandom random;

  SampleTasks(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Half as many tasks that may start at once, and half that each wait for two of them. */
  List<TaskSpec> pairs(int count) {
    int half = Math.max(2, count / 2);
    List<TaskSpec> tasks = new ArrayList<>(count);
    for (int i = 0; i < half; i++) {
      tasks.add(task("source-" + i));
    }
    for (int i = 0; i < count - half; i++) {
      tasks.add(task("join-" + i, "source-" + i, "source-" + (i * 7 + 1) % half));
    }
    return tasks;
  }

  /**
   * A layer of tasks in a job of many: each waits for one task of the layer before, none in layer
   * 0.
   */
  static List<TaskSpec> layer(int layer, int width) {
    List<TaskSpec> tasks = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      String operation = OPERATIONS.get(i % OPERATIONS.size());
      String[] parents = layer == 0 ? new String[0] : new String[] {idInLayer(layer - 1, i)};
      tasks.add(TaskSpec.of(idInLayer(layer, i), operation, parents));
    }
    return tasks;
  }

  private static String idInLayer(int layer, int place) {
    return "task-" + layer + "-" + place;
  }

  /**
   * One workflow: a source fans out into branches of several steps; neighbouring branches overlap
   * in places, and a sink joins what comes out.
   *
   * @param branches at least 1
   * @param steps of each branch, at least 1
   */
  List<TaskSpec> workflow(int branches, int steps) {
    List<TaskSpec> tasks = new ArrayList<>(branches * steps + 2);
    tasks.add(task("source"));
    List<String> ends = new ArrayList<>();
    for (int branch = 0; branch < branches; branch++) {
      for (int step = 0; step < steps; step++) {
        String id = id(branch, step);
        if (step == 0) {
          tasks.add(task(id, "source"));
        } else if (branch > 0 && step % 2 == 1 && random.nextInt(3) == 0) {
          tasks.add(task(id, id(branch, step - 1), id(branch - 1, step - 1)));
        } else {
          tasks.add(task(id, id(branch, step - 1)));
        }
      }
      ends.add(id(branch, steps - 1));
    }
    tasks.add(task("sink", ends.toArray(String[]::new)));
    return tasks;
  }

  private static String id(int branch, int step) {
    return "step-" + step + "-" + branch;
  }

  private TaskSpec task(String id, String... parents) {
    String operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
    // ln(work) is uniform: 1 to 20 seconds on a CPU.
    double work = Math.exp(random.nextDouble() * Math.log(20));
    List<String> classes = random.nextInt(8) == 0 ? ACCELERATORS : List.of();
    List<Dependency> dependencies = new ArrayList<>(parents.length);
    for (String parent : parents) {
      dependencies.add(new Dependency(parent, random.nextInt(1_000_000)));
    }
    return new TaskSpec(id, operation, "", dependencies, work, Map.of(), classes, 0, null, 0, 0);
  }
}
