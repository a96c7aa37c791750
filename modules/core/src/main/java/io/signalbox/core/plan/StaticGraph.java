package io.signalbox.core.plan;

/** The edges of a static problem seen from the parents, and a topological order. */
final class StaticGraph {
  /** Tasks, each behind its parents. */
  final int[] order;

  /** Children of each task. */
  final int[][] children;

  /** For each child of each task, which of its parents the task is. */
  final int[][] parentIndex;

  StaticGraph(StaticProblem problem) {
    int tasks = problem.taskCount();
    int[] count = new int[tasks];
    for (int[] row : problem.parents()) {
      for (int parent : row) {
        count[parent]++;
      }
    }
    children = new int[tasks][];
    parentIndex = new int[tasks][];
    for (int task = 0; task < tasks; task++) {
      children[task] = new int[count[task]];
      parentIndex[task] = new int[count[task]];
    }
    for (int task = tasks - 1; task >= 0; task--) {
      for (int i = 0; i < problem.parents()[task].length; i++) {
        int parent = problem.parents()[task][i];
        children[parent][--count[parent]] = task;
        parentIndex[parent][count[parent]] = i;
      }
    }
    order = order(problem);
  }

  private int[] order(StaticProblem problem) {
    int tasks = problem.taskCount();
    int[] sorted = new int[tasks];
    int[] waitsFor = new int[tasks];
    int known = 0;
    for (int task = 0; task < tasks; task++) {
      waitsFor[task] = problem.parents()[task].length;
      if (waitsFor[task] == 0) {
        sorted[known++] = task;
      }
    }
    for (int next = 0; next < known; next++) {
      for (int child : children[sorted[next]]) {
        if (--waitsFor[child] == 0) {
          sorted[known++] = child;
        }
      }
    }
    if (known < tasks) {
      throw new IllegalArgumentException("the tasks' parents form a cycle");
    }
    return sorted;
  }
}
