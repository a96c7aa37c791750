package io.signalbox.core.graph;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What the paths through a graph's unfinished nodes tell at one moment: how early each can start,
 * how long it can wait, and which hold up most of the others. Computed in one pass both ways, so it
 * is meant for questions people ask, not for every completion.
 */
public final class PathAnalysis {
  private final TaskGraph graph;
  private final double[] downwardRank;
  private final long[] pairsThrough;

  private PathAnalysis(TaskGraph graph) {
    this.graph = graph;
    int[] order = graph.topologicalOrder();
    downwardRank = new double[order.length];
    int[] before = new int[order.length];
    int[] behind = new int[order.length];
    int[] criticalParent = new int[order.length];
    for (int node : order) {
      criticalParent[node] = lookBack(node);
    }
    for (int node : order) {
      before[node]++;
      pass(before, node, graph.criticalChild(node));
    }
    for (int i = order.length - 1; i >= 0; i--) {
      behind[order[i]]++;
      pass(behind, order[i], criticalParent[order[i]]);
    }
    pairsThrough = new long[order.length];
    Arrays.setAll(pairsThrough, node -> (long) before[node] * behind[node]);
  }

  /** Analyses a graph as it is now; its ranks must be up to date. */
  public static PathAnalysis of(TaskGraph graph) {
    return new PathAnalysis(graph);
  }

  private int lookBack(int node) {
    int criticalParent = -1;
    for (int i = 0; i < graph.parentCount(node); i++) {
      int parent = graph.parent(node, i);
      if (graph.isFinished(parent)) {
        continue;
      }
      double seconds =
          downwardRank[parent] + graph.weight(parent) + graph.parentTransferSeconds(node, i);
      if (criticalParent < 0 || seconds > downwardRank[node]) {
        downwardRank[node] = seconds;
        criticalParent = parent;
      }
    }
    return criticalParent;
  }

  private void pass(int[] counts, int node, int to) {
    if (graph.isFinished(node)) {
      counts[node] = 0;
    } else if (to >= 0) {
      counts[to] += counts[node];
    }
  }

  /** The longest time from now to the start of a node with enough devices, in seconds. */
  public double downwardRank(int node) {
    return downwardRank[node];
  }

  /**
   * How long the start of a node can be put off without the job taking longer than the horizon.
   *
   * @param horizonSeconds from now; {@link TaskGraph#remainingSeconds} makes the slack of the
   *     critical path 0
   */
  public double slackSeconds(int node, double horizonSeconds) {
    return horizonSeconds - downwardRank[node] - graph.upwardRank(node);
  }

  /**
   * How much a node is in the way: the unfinished nodes whose longest path to the end leads through
   * it, times those whose longest path from the start does, itself counted on both sides.
   */
  public long pairsThrough(int node) {
    return pairsThrough[node];
  }

  /** The unfinished nodes with the most pairs through them, the worst first. */
  public int[] bottlenecks(int limit) {
    Comparator<Integer> leastFirst =
        Comparator.<Integer>comparingLong(node -> pairsThrough[node])
            .thenComparing(Comparator.reverseOrder());
    PriorityQueue<Integer> worst = new PriorityQueue<>(leastFirst);
    for (int node = 0; node < pairsThrough.length; node++) {
      if (!graph.isFinished(node)) {
        worst.add(node);
        if (worst.size() > limit) {
          worst.remove();
        }
      }
    }
    int[] nodes = new int[worst.size()];
    for (int i = nodes.length - 1; i >= 0; i--) {
      nodes[i] = worst.remove();
    }
    return nodes;
  }
}
