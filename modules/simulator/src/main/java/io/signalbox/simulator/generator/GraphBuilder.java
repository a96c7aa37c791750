package io.signalbox.simulator.generator;

import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Draws the tasks of a generated workload, parents before children. */
final class GraphBuilder {
  private static final double WORK_MEDIAN = 4;
  private static final double WORK_SIGMA = 1;
  private static final double FEWEST_BYTES = 1e4;
  private static final double MOST_BYTES = 3e8;
  private static final int MOST_PARENTS = 4;
  private static final int WINDOW = 200;

  private final int size;
  private final SplittableRandom random;
  private final List<TaskSpec> tasks = new ArrayList<>();

  private GraphBuilder(GeneratedWorkload asked) {
    this.size = asked.tasks();
    this.random = new SplittableRandom(asked.seed() * 31 + asked.shape().written().hashCode());
  }

  static List<TaskSpec> tasks(GeneratedWorkload asked) {
    GraphBuilder builder = new GraphBuilder(asked);
    switch (asked.shape()) {
      case LAYERED -> builder.layers();
      case FORK_JOIN -> builder.stages();
      case RANDOM -> builder.anyhow();
      case TREE -> builder.tree();
      case PIPELINE -> builder.pipeline();
    }
    return builder.tasks;
  }

  private void layers() {
    int width = Math.max(1, (int) Math.round(Math.sqrt(size)));
    int start = 0;
    int before = 0;
    while (start < size) {
      int end = Math.min(size, start + between(Math.max(1, width / 2), 2 * width));
      for (int task = start; task < end; task++) {
        TreeSet<Integer> parents = new TreeSet<>();
        for (int i = between(1, 3); i > 0 && start > 0; i--) {
          boolean far = random.nextInt(10) == 0;
          parents.add(far ? random.nextInt(start) : between(before, start - 1));
        }
        add(anyOperation(), parents);
      }
      before = start;
      start = end;
    }
  }

  private void stages() {
    int widest = Math.max(2, 2 * (int) Math.round(Math.sqrt(size)));
    while (tasks.size() < size) {
      int fork = tasks.size();
      add("parse", fork == 0 ? new TreeSet<>() : set(fork - 1));
      int width = Math.min(between(2, widest), size - tasks.size());
      String operation = anyOperation();
      for (int i = 0; i < width; i++) {
        add(operation, set(fork));
      }
      if (tasks.size() < size) {
        TreeSet<Integer> all = new TreeSet<>();
        for (int i = 1; i <= width; i++) {
          all.add(fork + i);
        }
        add("pack", all);
      }
    }
  }

  private void anyhow() {
    for (int task = 0; task < size; task++) {
      TreeSet<Integer> parents = new TreeSet<>();
      for (int i = random.nextInt(MOST_PARENTS + 1); i > 0 && task > 0; i--) {
        parents.add(between(Math.max(0, task - WINDOW), task - 1));
      }
      add(anyOperation(), parents);
    }
  }

  private void tree() {
    int arity = between(2, 4);
    if (random.nextBoolean()) {
      for (int task = 0; task < size; task++) {
        add(anyOperation(), task == 0 ? new TreeSet<>() : set((task - 1) / arity));
      }
      return;
    }
    // The same tree from its leaves: task i is node size - 1 - i.
    for (int task = 0; task < size; task++) {
      TreeSet<Integer> parents = new TreeSet<>();
      long node = size - 1L - task;
      for (long child = node * arity + 1; child <= node * arity + arity && child < size; child++) {
        parents.add((int) (size - 1 - child));
      }
      add(anyOperation(), parents);
    }
  }

  private void pipeline() {
    int stages = Math.min(size, between(3, 8));
    String[] operations = new String[stages];
    boolean[] inOrder = new boolean[stages];
    for (int stage = 0; stage < stages; stage++) {
      operations[stage] = anyOperation();
      inOrder[stage] = random.nextInt(3) == 0;
    }
    for (int task = 0; task < size; task++) {
      int stage = task % stages;
      TreeSet<Integer> parents = new TreeSet<>();
      if (stage > 0) {
        parents.add(task - 1);
      }
      if (inOrder[stage] && task >= stages) {
        parents.add(task - stages);
      }
      add(operations[stage], parents);
    }
  }

  private void add(String operation, SortedSet<Integer> parents) {
    List<Dependency> dependencies = new ArrayList<>();
    for (int parent : parents) {
      double share = random.nextDouble();
      double bytes = FEWEST_BYTES * Math.pow(MOST_BYTES / FEWEST_BYTES, share);
      dependencies.add(new Dependency("t" + parent, Math.round(bytes)));
    }
    double work = WORK_MEDIAN * Math.exp(random.nextGaussian(0, WORK_SIGMA));
    String id = "t" + tasks.size();
    tasks.add(
        new TaskSpec(id, operation, "", dependencies, work, Map.of(), List.of(), 0, null, 0, 0));
  }

  private String anyOperation() {
    return GeneratedOperations.NAMES.get(random.nextInt(GeneratedOperations.NAMES.size()));
  }

  private int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  private static SortedSet<Integer> set(int only) {
    return new TreeSet<>(List.of(only));
  }
}
