package io.signalbox.core.pool;

import io.signalbox.core.graph.PathAnalysis;
import io.signalbox.core.graph.TaskGraph;
import io.signalbox.core.job.Job;
import java.util.List;
import java.util.stream.IntStream;

/** Finds out what still holds a job up. */
final class PathQuestion {
  private static final int SHOWN = 10;
  private static final int BOTTLENECKS = 5;

  private PathQuestion() {}

  static JobPaths answer(Job job) {
    TaskGraph graph = job.graph();
    int[] path = graph.criticalPath();
    List<String> first = IntStream.of(path).limit(SHOWN).mapToObj(job::nameOf).toList();
    List<JobPaths.Bottleneck> bottlenecks =
        graph.size() > JobPaths.MOST_TASKS ? null : bottlenecks(job);
    return new JobPaths(graph.remainingSeconds(), path.length, first, bottlenecks);
  }

  private static List<JobPaths.Bottleneck> bottlenecks(Job job) {
    PathAnalysis analysis = PathAnalysis.of(job.graph());
    return IntStream.of(analysis.bottlenecks(BOTTLENECKS))
        .filter(node -> analysis.pairsThrough(node) > 1)
        .mapToObj(node -> new JobPaths.Bottleneck(job.nameOf(node), analysis.pairsThrough(node)))
        .toList();
  }
}
