package io.signalbox.core.graph;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The longest number of edges from a source to each node. Edges only note what they may have
 * deepened; a question works that off first, so that a job arriving in reverse doesn't renumber its
 * whole chain with every task.
 */
final class Depths {
  private final Edges edges;
  private final WorkList deepened;
  private final IntConsumer deepenChildren = this::deepenChildren;
  private int[] depth = new int[8];
  private int largest;

  Depths(Edges edges, OrderList order) {
    this.edges = edges;
    deepened = new WorkList(order, false);
  }

  void ensureNode(int node) {
    if (node >= depth.length) {
      depth = Arrays.copyOf(depth, node + 1 + (node >> 1));
    }
  }

  void linked(int parent, int child) {
    deepen(child, depth[parent] + 1);
  }

  int depth(int node) {
    settle();
    return depth[node];
  }

  int largest() {
    settle();
    return largest;
  }

  private void settle() {
    if (!deepened.isEmpty()) {
      deepened.drain(deepenChildren);
    }
  }

  private void deepenChildren(int node) {
    for (int i = 0; i < edges.childCount(node); i++) {
      deepen(edges.child(node, i), depth[node] + 1);
    }
  }

  private void deepen(int node, int atLeast) {
    if (depth[node] < atLeast) {
      depth[node] = atLeast;
      largest = Math.max(largest, atLeast);
      deepened.add(node);
    }
  }
}
