package io.signalbox.core.graph;

import org.jspecify.annotations.Nullable;

/** The DAG of one job. */
public final class TaskGraph {
  public TaskGraph() {
    this(0.02);
  }

  public TaskGraph(double tolerance) {}

  public int addNode() {
    return 0;
  }

  public int size() {
    return 0;
  }

  public int @Nullable [] addEdge(int parent, int child, double transferSeconds) {
    return null;
  }

  public void setWeight(int node, double seconds) {}

  public void finish(int node) {}

  public boolean isFinished(int node) {
    return false;
  }

  public void updateRanks() {}

  public double upwardRank(int node) {
    return 0;
  }

  public int criticalChild(int node) {
    return -1;
  }

  public int depth(int node) {
    return 0;
  }

  /** Largest depth of any node. */
  public int maxDepth() {
    return 0;
  }

  public int parentCount(int node) {
    return 0;
  }

  public int parent(int node, int i) {
    return 0;
  }

  public int childCount(int node) {
    return 0;
  }

  public int child(int node, int i) {
    return 0;
  }

  /** Transfer time of the edge to {@code child(node, i)}. */
  public double transferSeconds(int node, int i) {
    return 0;
  }

  /** Transfer time of the edge from {@code parent(node, i)}. */
  public double parentTransferSeconds(int node, int i) {
    return 0;
  }

  public double remainingSeconds() {
    return 0;
  }

  public int[] criticalPath() {
    return new int[0];
  }
}
