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
  private int cursor;

  WorkList(OrderList order, boolean reverse) {
    this.order = order;
    this.reverse = reverse;
  }

  boolean isEmpty() {
    return count == 0 && toSweep == 0;
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
    while (!isEmpty()) {
      drain(visit, Integer.MAX_VALUE);
    }
  }

  /**
   * The same, but no more than so many steps of it: the next call goes on where this one ended.
   * Between calls the order may change and more may be added, which then may be visited out of
   * order, and so twice.
   *
   * @return how many steps are left; with none, something may still wait
   */
  int drain(IntConsumer visit, int mostSteps) {
    int steps = mostSteps;
    if (!sweeping && count <= Math.max(SWEEP_SHARE, order.size() / SWEEP_SHARE)) {
      steps = drainHeap(visit, steps);
    }
    if (count > 0) {
      sweeping = true;
      cursor = start();
      toSweep = count;
      count = 0;
    }
    return sweep(visit, steps);
  }

  private int start() {
    return reverse ? order.last() : order.first();
  }

  private int sweep(IntConsumer visit, int mostSteps) {
    int steps = mostSteps;
    while (toSweep > 0 && steps > 0) {
      steps--;
      int node = cursor < 0 ? start() : cursor;
      cursor = reverse ? order.previous(node) : order.next(node);
      if (node < waits.length && waits[node]) {
        waits[node] = false;
        toSweep--;
        visit.accept(node);
      }
    }
    sweeping = toSweep > 0;
    return steps;
  }

  private int drainHeap(IntConsumer visit, int mostSteps) {
    int steps = mostSteps;
    draining = true;
    for (int i = count / 2 - 1; i >= 0; i--) {
      siftDown(i);
    }
    while (count > 0 && steps > 0) {
      int node = heap[0];
      heap[0] = heap[--count];
      siftDown(0);
      waits[node] = false;
      steps--;
      visit.accept(node);
    }
    draining = false;
    return steps;
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
