package io.signalbox.core.job;

import java.util.Arrays;
import java.util.Objects;

/**
 * Numbers of the nodes of an operation, in the order in which they were added; grows, and never
 * shrinks.
 */
public final class NodeList {
  private static final int[] NONE = {};
  static final NodeList EMPTY = new NodeList();

  private int[] nodes = NONE;
  private int size;

  void add(int node) {
    if (size == nodes.length) {
      nodes = Arrays.copyOf(nodes, Math.max(2, size + (size >> 1)));
    }
    nodes[size++] = node;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** The one at a place, from 0. */
  public int get(int place) {
    return nodes[Objects.checkIndex(place, size)];
  }
}
