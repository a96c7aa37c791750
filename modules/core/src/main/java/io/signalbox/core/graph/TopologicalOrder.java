package io.signalbox.core.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the nodes in a topological order while edges are added, and finds the cycle an edge would
 * close.
 *
 * <p>An edge that agrees with the order costs nothing. Otherwise the region between its ends is
 * searched, as by Pearce and Kelly (A dynamic topological sort algorithm for directed acyclic
 * graphs, 2007), but forwards from the child and backwards from the parent in turns, one edge each:
 * whichever side is explored first is moved past the other end, so the cost is that of the smaller
 * side. A node without parents or without children therefore moves at once, which is what keeps
 * jobs that arrive in reverse or in any order near-linear.
 */
final class TopologicalOrder {
  private final Edges edges;
  private final OrderList order;
  private final Side forwards = new Side(true);
  private final Side backwards = new Side(false);
  private int[] mark = new int[8];
  private int[] reachedFrom = new int[8];
  private int stamp;

  TopologicalOrder(Edges edges, OrderList order) {
    this.edges = edges;
    this.order = order;
  }

  /**
   * Makes the parent come before the child.
   *
   * @return null, or the cycle that the edge would close, starting with the child and ending with
   *     the parent; the order is unchanged then
   */
  int @Nullable [] place(int parent, int child) {
    if (parent == child) {
      return new int[] {parent};
    }
    if (order.isBefore(parent, child)) {
      return null;
    }
    if (order.size() > mark.length) {
      int capacity = order.size() + (order.size() >> 1);
      mark = Arrays.copyOf(mark, capacity);
      reachedFrom = Arrays.copyOf(reachedFrom, capacity);
    }
    stamp += 2;
    forwards.begin(child, parent, stamp);
    backwards.begin(parent, child, stamp + 1);
    return search(parent, child);
  }

  private int @Nullable [] search(int parent, int child) {
    while (true) {
      if (forwards.isDone()) {
        order.moveBehind(parent, forwards.found, forwards.count);
        return null;
      }
      if (backwards.isDone()) {
        order.moveBefore(child, backwards.found, backwards.count);
        return null;
      }
      int met = forwards.step(backwards);
      if (met >= 0) {
        return cycle(forwards.current(), met);
      }
      met = backwards.isDone() ? -1 : backwards.step(forwards);
      if (met >= 0) {
        return cycle(met, backwards.current());
      }
    }
  }

  /** The cycle through the edge that joins what was reached forwards with what was backwards. */
  private int[] cycle(int lastForwards, int firstBackwards) {
    int length = chainLength(lastForwards) + chainLength(firstBackwards);
    int[] cycle = new int[length];
    int at = chainLength(lastForwards);
    for (int node = lastForwards; node >= 0; node = reachedFrom[node]) {
      cycle[--at] = node;
    }
    at = chainLength(lastForwards);
    for (int node = firstBackwards; node >= 0; node = reachedFrom[node]) {
      cycle[at++] = node;
    }
    return cycle;
  }

  private int chainLength(int start) {
    int length = 0;
    for (int node = start; node >= 0; node = reachedFrom[node]) {
      length++;
    }
    return length;
  }

  /** One of the two searches: breadth first, one edge a step. */
  private final class Side {
    private final boolean forwards;
    private int[] found = new int[16];
    private int count;
    private int position;
    private int edge;
    private int myMark;
    private int limit;

    private Side(boolean forwards) {
      this.forwards = forwards;
    }

    private void begin(int start, int limit, int myMark) {
      this.limit = limit;
      this.myMark = myMark;
      count = 0;
      position = 0;
      edge = 0;
      add(start, -1);
      skipExhausted();
    }

    private boolean isDone() {
      return position == count;
    }

    private int current() {
      return found[position];
    }

    /** Follows one edge; the node where it met the other side, or -1. Needs a side not done. */
    private int step(Side other) {
      int from = found[position];
      int node = forwards ? edges.child(from, edge) : edges.parent(from, edge);
      if (mark[node] == other.myMark) {
        return node;
      }
      edge++;
      boolean inRegion = forwards ? order.isBefore(node, limit) : order.isBefore(limit, node);
      if (inRegion && mark[node] != myMark) {
        add(node, from);
      }
      skipExhausted();
      return -1;
    }

    private void skipExhausted() {
      while (position < count && edge == degree(found[position])) {
        position++;
        edge = 0;
      }
    }

    private int degree(int node) {
      return forwards ? edges.childCount(node) : edges.parentCount(node);
    }

    private void add(int node, int from) {
      mark[node] = myMark;
      reachedFrom[node] = from;
      if (count == found.length) {
        found = Arrays.copyOf(found, count * 2);
      }
      found[count++] = node;
    }
  }
}
