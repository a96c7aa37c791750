package io.signalbox.core.graph;

import java.util.Arrays;

/**
 * What is finished, and the largest rank among the unfinished nodes.
 *
 * <p>A node is closed once it and all its ancestors are finished. The frontier are the unfinished
 * nodes all of whose parents are closed: every other unfinished node has one of them before it, and
 * so no larger rank. They lie in a heap by rank.
 */
final class Frontier {
  private static final byte UNFINISHED = 0;
  private static final byte FINISHED = 1;
  private static final byte CLOSED = 2;

  private final Edges edges;
  private byte[] state = new byte[8];
  private int[] openParents = new int[8];
  private double[] rank = new double[8];
  private int[] heap = new int[8];
  private int[] placeInHeap = new int[8];
  private int count;
  private int unfinished;
  private int[] closing = new int[8];

  Frontier(Edges edges) {
    this.edges = edges;
  }

  void add(int node) {
    if (node >= state.length) {
      int capacity = node + 1 + (node >> 1);
      state = Arrays.copyOf(state, capacity);
      openParents = Arrays.copyOf(openParents, capacity);
      rank = Arrays.copyOf(rank, capacity);
      placeInHeap = Arrays.copyOf(placeInHeap, capacity);
    }
    unfinished++;
    enter(node);
  }

  void linked(int parent, int child) {
    if (state[parent] != CLOSED) {
      if (openParents[child]++ == 0) {
        leave(child);
      }
    }
  }

  boolean isFinished(int node) {
    return state[node] != UNFINISHED;
  }

  boolean isClosed(int node) {
    return state[node] == CLOSED;
  }

  int unfinished() {
    return unfinished;
  }

  double rank(int node) {
    return rank[node];
  }

  /** The frontier's node of largest rank, or -1 when everything is finished. */
  int top() {
    return count == 0 ? -1 : heap[0];
  }

  void setRank(int node, double seconds) {
    double old = rank[node];
    rank[node] = seconds;
    if (state[node] == UNFINISHED && openParents[node] == 0) {
      if (seconds > old) {
        siftUp(placeInHeap[node]);
      } else {
        siftDown(placeInHeap[node]);
      }
    }
  }

  void finish(int node) {
    if (openParents[node] == 0) {
      leave(node);
    }
    state[node] = FINISHED;
    unfinished--;
    if (openParents[node] == 0) {
      close(node);
    }
  }

  private void close(int start) {
    int waiting = 0;
    closing[waiting++] = start;
    while (waiting > 0) {
      int node = closing[--waiting];
      state[node] = CLOSED;
      for (int i = 0; i < edges.childCount(node); i++) {
        int child = edges.child(node, i);
        if (--openParents[child] > 0) {
          continue;
        }
        if (state[child] == UNFINISHED) {
          enter(child);
        } else {
          if (waiting == closing.length) {
            closing = Arrays.copyOf(closing, waiting * 2);
          }
          closing[waiting++] = child;
        }
      }
    }
  }

  private void enter(int node) {
    if (count == heap.length) {
      heap = Arrays.copyOf(heap, count * 2);
    }
    put(node, count++);
    siftUp(count - 1);
  }

  private void leave(int node) {
    int at = placeInHeap[node];
    int moved = heap[--count];
    if (moved != node) {
      put(moved, at);
      siftUp(at);
      siftDown(placeInHeap[moved]);
    }
  }

  private void put(int node, int at) {
    heap[at] = node;
    placeInHeap[node] = at;
  }

  // Equal ranks go by node number, so that the top doesn't depend on the history.
  private boolean isAbove(int node, int other) {
    return rank[node] != rank[other] ? rank[node] > rank[other] : node < other;
  }

  private void siftUp(int start) {
    int node = heap[start];
    int at = start;
    while (at > 0 && isAbove(node, heap[(at - 1) / 2])) {
      put(heap[(at - 1) / 2], at);
      at = (at - 1) / 2;
    }
    put(node, at);
  }

  private void siftDown(int start) {
    int node = heap[start];
    int at = start;
    while (2 * at + 1 < count) {
      int child = 2 * at + 1;
      if (child + 1 < count && isAbove(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isAbove(heap[child], node)) {
        break;
      }
      put(heap[child], at);
      at = child;
    }
    put(node, at);
  }
}
