package io.signalbox.core.graph;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Nodes that wait to be visited in topological order or against it, each once. A visit may add
 * nodes that lie further on. Few nodes are kept in a heap; when a good part of the graph waits,
 * walking the whole order is cheaper.
 */
final class WorkList {
  private static final int SWEEP_SHARE = 8;

  private final OrderList order;
  private final boolean reverse;
  private boolean[] waits = new boolean[8];
  private int[] heap = new int[8];
  private int count;
  private boolean draining;
  private int toSweep;
  private boolean sweeping;

  WorkList(OrderList order, boolean reverse) {
    this.order = order;
    this.reverse = reverse;
  }

  boolean isEmpty() {
    return count == 0;
  }

  void add(int node) {
    if (node >= waits.length) {
      waits = Arrays.copyOf(waits, Math.max(order.size(), node + 1 + (node >> 1)));
    }
    if (waits[node]) {
      return;
    }
    waits[node] = true;
    if (sweeping) {
      toSweep++;
      return;
    }
    if (count == heap.length) {
      heap = Arrays.copyOf(heap, count * 2);
    }
    heap[count++] = node;
    if (draining) {
      siftUp(count - 1);
    }
  }

  /** Visits what waits, and what the visits add, in order. */
  void drain(IntConsumer visit) {
    if (count > order.size() / SWEEP_SHARE && count > SWEEP_SHARE) {
      sweep(visit);
    } else {
      drainHeap(visit);
    }
  }

  private void sweep(IntConsumer visit) {
    sweeping = true;
    toSweep = count;
    count = 0;
    int node = reverse ? order.last() : order.first();
    while (toSweep > 0) {
      int following = reverse ? order.previous(node) : order.next(node);
      if (node < waits.length && waits[node]) {
        waits[node] = false;
        toSweep--;
        visit.accept(node);
      }
      node = following;
    }
    sweeping = false;
  }

  private void drainHeap(IntConsumer visit) {
    draining = true;
    for (int i = count / 2 - 1; i >= 0; i--) {
      siftDown(i);
    }
    while (count > 0) {
      int node = heap[0];
      heap[0] = heap[--count];
      siftDown(0);
      waits[node] = false;
      visit.accept(node);
    }
    draining = false;
  }

  private boolean comesFirst(int node, int other) {
    return reverse ? order.isBefore(other, node) : order.isBefore(node, other);
  }

  private void siftUp(int start) {
    int node = heap[start];
    int at = start;
    while (at > 0 && comesFirst(node, heap[(at - 1) / 2])) {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    heap[at] = node;
  }

  private void siftDown(int start) {
    int node = heap[start];
    int at = start;
    while (2 * at + 1 < count) {
      int child = 2 * at + 1;
      if (child + 1 < count && comesFirst(heap[child + 1], heap[child])) {
        child++;
      }
      if (!comesFirst(heap[child], node)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = node;
  }
}
