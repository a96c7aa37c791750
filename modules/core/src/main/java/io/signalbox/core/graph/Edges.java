package io.signalbox.core.graph;

import java.util.Arrays;

/** The edges of a graph, found from both of their ends. */
final class Edges {
  private static final double[] NO_TRANSFERS = {};

  private final EdgeLists outgoing = new EdgeLists();
  private final EdgeLists incoming = new EdgeLists();
  private int[] parents = new int[8];
  private int[] children = new int[8];
  // Most jobs name no transfer times, so the array exists only once one isn't 0.
  private double[] transfers = NO_TRANSFERS;
  private int size;

  void ensureNode(int node) {
    outgoing.ensureNode(node);
    incoming.ensureNode(node);
  }

  void add(int parent, int child, double transferSeconds) {
    if (size == parents.length) {
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8, size * 3L / 2);
      parents = Arrays.copyOf(parents, capacity);
      children = Arrays.copyOf(children, capacity);
    }
    int edge = size++;
    parents[edge] = parent;
    children[edge] = child;
    if (transferSeconds != 0) {
      setTransfer(edge, transferSeconds);
    }
    outgoing.add(parent, edge);
    incoming.add(child, edge);
  }

  private void setTransfer(int edge, double transferSeconds) {
    if (edge >= transfers.length) {
      transfers = Arrays.copyOf(transfers, parents.length);
    }
    transfers[edge] = transferSeconds;
  }

  boolean contains(int parent, int child) {
    if (outgoing.count(parent) <= incoming.count(child)) {
      for (int i = 0; i < outgoing.count(parent); i++) {
        if (child(parent, i) == child) {
          return true;
        }
      }
      return false;
    }
    for (int i = 0; i < incoming.count(child); i++) {
      if (parent(child, i) == parent) {
        return true;
      }
    }
    return false;
  }

  int size() {
    return size;
  }

  int parentCount(int node) {
    return incoming.count(node);
  }

  int parent(int node, int i) {
    return parents[incoming.get(node, i)];
  }

  double parentTransfer(int node, int i) {
    return transfer(incoming.get(node, i));
  }

  int childCount(int node) {
    return outgoing.count(node);
  }

  int child(int node, int i) {
    return children[outgoing.get(node, i)];
  }

  double childTransfer(int node, int i) {
    return transfer(outgoing.get(node, i));
  }

  private double transfer(int edge) {
    return edge < transfers.length ? transfers[edge] : 0;
  }
}
