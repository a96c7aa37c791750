package io.signalbox.core.pool;

import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.TaskSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the tasks of one record into topological order (Kahn 1962), so that the graph's online
 * order has little to repair. Tasks on a cycle come last, as they came; the graph names the cycle.
 */
final class Topological {
  private Topological() {}

  static List<TaskSpec> order(List<TaskSpec> specs) {
    Map<String, Integer> pending = new HashMap<>();
    Map<String, List<TaskSpec>> children = new HashMap<>();
    for (TaskSpec spec : specs) {
      pending.put(spec.id(), 0);
    }
    ArrayDeque<TaskSpec> free = new ArrayDeque<>();
    for (TaskSpec spec : specs) {
      int parents = 0;
      for (Dependency dependency : spec.dependencies()) {
        if (pending.containsKey(dependency.task())) {
          children.computeIfAbsent(dependency.task(), key -> new ArrayList<>()).add(spec);
          parents++;
        }
      }
      pending.put(spec.id(), parents);
      if (parents == 0) {
        free.add(spec);
      }
    }
    return drain(specs, pending, children, free);
  }

  private static List<TaskSpec> drain(
      List<TaskSpec> specs,
      Map<String, Integer> pending,
      Map<String, List<TaskSpec>> children,
      ArrayDeque<TaskSpec> free) {
    List<TaskSpec> ordered = new ArrayList<>(specs.size());
    while (!free.isEmpty()) {
      TaskSpec spec = free.remove();
      ordered.add(spec);
      for (TaskSpec child : children.getOrDefault(spec.id(), List.of())) {
        if (pending.merge(child.id(), -1, Integer::sum) == 0) {
          free.add(child);
        }
      }
    }
    if (ordered.size() < specs.size()) {
      specs.stream().filter(spec -> pending.getOrDefault(spec.id(), 0) > 0).forEach(ordered::add);
    }
    return ordered;
  }
}
