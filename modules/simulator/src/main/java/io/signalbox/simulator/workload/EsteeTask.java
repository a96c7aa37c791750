package io.signalbox.simulator.workload;

import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.TaskSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task of an Estee graph, known by its number in the list.
 *
 * @param seconds {@code d}, how long it takes
 * @param cpus cores it asks for; becomes its operation
 * @param outputBytes size of each output
 * @param inputs the outputs of other tasks that it reads
 */
record EsteeTask(double seconds, int cpus, long[] outputBytes, List<Input> inputs) {
  private static final double MEBIBYTE = 0x1p20;
  private static final double SHORTEST_SECONDS = 1e-6;
  private static final int MOST_CPUS = 10_000;

  /**
   * An output of another task.
   *
   * @param place where the file names it
   * @param task number of the task
   * @param output number of the output
   */
  record Input(Place place, int task, int output) {}

  static @Nullable EsteeTask read(Place place, String example) {
    Section section = place.section(example);
    if (section == null) {
      return null;
    }
    Place duration = section.require("d", "the task's duration in seconds");
    OptionalDouble seconds =
        duration == null ? OptionalDouble.empty() : Quantity.notNegative(duration);
    // What a user guessed beforehand: checked, though the simulator knows better.
    Place guess = section.get("e_d");
    if (guess != null) {
      Quantity.notNegative(guess);
    }
    Place cores = section.get("cpus");
    OptionalInt cpus = cores == null ? OptionalInt.of(1) : Quantity.whole(cores, 1, MOST_CPUS);
    return new EsteeTask(
        seconds.orElse(0), cpus.orElse(1), outputs(section.get("outputs")), inputs(section));
  }

  private static long[] outputs(@Nullable Place list) {
    List<Place> items = list == null ? List.of() : list.items("[100], sizes in MiB");
    return items.stream().mapToLong(EsteeTask::bytes).toArray();
  }

  /** A number, or a number with the user's guess beside it. */
  private static long bytes(Place output) {
    Place size = output;
    if (output.isMapping()) {
      Section section = output.section("{\"s\": 100}");
      size = section == null ? null : section.require("s", "the output's size in MiB");
    }
    OptionalDouble mebibytes = size == null ? OptionalDouble.empty() : Quantity.notNegative(size);
    if (size != null && mebibytes.orElse(0) > 0x1p42) {
      size.problem("is " + size.shown() + " MiB; no device holds that much");
      return 0;
    }
    return Math.round(mebibytes.orElse(0) * MEBIBYTE);
  }

  private static List<Input> inputs(Section section) {
    Place list = section.get("inputs");
    List<Input> inputs = new ArrayList<>();
    for (Place item : list == null ? List.<Place>of() : list.items("[[0, 0]]")) {
      List<Place> pair =
          item.value() instanceof Value.Sequence ? item.items("[0, 0]") : List.<Place>of();
      if (pair.size() != 2) {
        item.problem(
            "is %s; give [task, output], two numbers counted from 0".formatted(item.shown()));
        continue;
      }
      OptionalInt task = Quantity.whole(pair.getFirst(), 0, Integer.MAX_VALUE);
      OptionalInt output = Quantity.whole(pair.getLast(), 0, Integer.MAX_VALUE);
      if (task.isPresent() && output.isPresent()) {
        inputs.add(new Input(item, task.getAsInt(), output.getAsInt()));
      }
    }
    return inputs;
  }

  /**
   * The tasks as specs, named {@code t0}, {@code t1} and so on.
   *
   * @param places where each task stands
   * @param tasks the tasks; null where one couldn't be read
   */
  static List<TaskSpec> specs(List<Place> places, List<@Nullable EsteeTask> tasks) {
    List<TaskSpec> specs = new ArrayList<>(tasks.size());
    List<String> ids = new ArrayList<>(tasks.size());
    int[][] parents = new int[tasks.size()][];
    for (int i = 0; i < parents.length; i++) {
      EsteeTask task = tasks.get(i);
      Map<Integer, Long> edges = task == null ? Map.of() : task.edges(tasks);
      parents[i] = edges.keySet().stream().mapToInt(parent -> parent).toArray();
      ids.add("t" + i);
      if (task != null) {
        specs.add(task.spec(ids.get(i), edges));
      }
    }
    GraphCheck.refuseCycle(places, ids, parents);
    return specs;
  }

  /** Bytes from each parent: of all its outputs that this task reads, each counted once. */
  private Map<Integer, Long> edges(List<@Nullable EsteeTask> tasks) {
    Map<Integer, Long> edges = new LinkedHashMap<>();
    Set<List<Integer>> read = new HashSet<>();
    for (Input input : inputs) {
      EsteeTask parent = input.task() < tasks.size() ? tasks.get(input.task()) : null;
      if (input.task() >= tasks.size()) {
        input
            .place()
            .problem(
                "there is no task %d; the tasks are 0 to %d"
                    .formatted(input.task(), tasks.size() - 1));
      } else if (parent != null && input.output() >= parent.outputBytes.length) {
        input
            .place()
            .problem(
                "task %d has no output %d; it has %d"
                    .formatted(input.task(), input.output(), parent.outputBytes.length));
      } else if (parent != null) {
        boolean again = !read.add(List.of(input.task(), input.output()));
        edges.merge(input.task(), again ? 0L : parent.outputBytes[input.output()], Long::sum);
      }
    }
    return edges;
  }

  private TaskSpec spec(String id, Map<Integer, Long> edges) {
    List<Dependency> parents = new ArrayList<>();
    edges.forEach((parent, bytes) -> parents.add(new Dependency("t" + parent, bytes)));
    double work = Math.max(seconds, SHORTEST_SECONDS);
    return new TaskSpec(id, "cpus-" + cpus, "", parents, work, Map.of(), List.of(), 0, null, 0, 0);
  }
}
