package io.signalbox.bench.shape;

import io.signalbox.events.Dependency;
import io.signalbox.events.TaskSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Graphs of tasks that do nothing; equal sizes give equal graphs. */
final class ShapedTasks {
  /** Tasks of a layer: wide enough that a layer's round trip isn't all that is measured. */
  private static final int LAYER_WIDTH = 1_000;

  /** Small jobs have as many layers at least. */
  private static final int LAYERS = 10;

  private static final int PARENTS = 2;
  private static final long SEED = 20_261_124;

  private ShapedTasks() {}

  static List<TaskSpec> independent(int tasks) {
    return IntStream.range(0, tasks).mapToObj(i -> task(i, Set.of())).toList();
  }

  /** Each behind the one before. */
  static List<TaskSpec> chain(int tasks) {
    return IntStream.range(0, tasks)
        .mapToObj(i -> task(i, i == 0 ? Set.of() : Set.of(i - 1)))
        .toList();
  }

  /** Every second one behind the one before. */
  static List<TaskSpec> pairs(int tasks) {
    return IntStream.range(0, tasks)
        .mapToObj(i -> task(i, i % 2 == 0 ? Set.of() : Set.of(i - 1)))
        .toList();
  }

  /** One, then all but two behind it, then one behind those; a task has 10,000 parents at most. */
  static List<TaskSpec> fan(int tasks) {
    List<TaskSpec> specs = new ArrayList<>();
    while (specs.size() < tasks) {
      int first = specs.size();
      int last = Math.min(tasks, first + 10_000) - 1;
      specs.add(task(first, Set.of()));
      IntStream.range(first + 1, last).forEach(i -> specs.add(task(i, Set.of(first))));
      if (last > first) {
        Set<Integer> middle = new LinkedHashSet<>();
        IntStream.range(first + 1, last).forEach(middle::add);
        specs.add(task(last, middle.isEmpty() ? Set.of(first) : middle));
      }
    }
    return specs;
  }

  /** Layers of 1,000; each task behind two of the layer before. */
  static List<TaskSpec> layered(int tasks) {
    SplittableRandom dice = new SplittableRandom(SEED);
    int width = Math.clamp(tasks / LAYERS, 1, LAYER_WIDTH);
    List<TaskSpec> specs = new ArrayList<>(tasks);
    for (int i = 0; i < tasks; i++) {
      int layer = i / width;
      Set<Integer> parents = new LinkedHashSet<>();
      for (int parent = 0; layer > 0 && parent < PARENTS; parent++) {
        parents.add((layer - 1) * width + dice.nextInt(width));
      }
      specs.add(task(i, parents));
    }
    return specs;
  }

  private static TaskSpec task(int number, Set<Integer> parents) {
    List<Dependency> dependencies =
        parents.stream().map(parent -> new Dependency("t" + parent, 0L)).toList();
    return new TaskSpec(
        "t" + number,
        JobShape.OPERATION,
        "",
        dependencies,
        1.0,
        Map.of(),
        List.of(),
        0L,
        null,
        0L,
        0,
        Map.of(),
        Map.of());
  }
}
