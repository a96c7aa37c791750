package io.signalbox.core.graph;

import java.util.Arrays;

/**
 * A growing list of edge numbers for every node, all in one array. A list lies in a block of a
 * power of two; one that outgrows its block moves to a block twice as large, and the old one is
 * used again.
 */
final class EdgeLists {
  private int[] cells = new int[8];
  private int used;
  private int[] start = new int[8];
  private int[] count = new int[8];
  private final int[] freeBlocks = new int[Integer.SIZE];

  EdgeLists() {
    Arrays.fill(freeBlocks, -1);
  }

  /** Makes room for nodes up to this number. */
  void ensureNode(int node) {
    if (node >= start.length) {
      int capacity = Math.max(node + 1, start.length + (start.length >> 1));
      start = Arrays.copyOf(start, capacity);
      count = Arrays.copyOf(count, capacity);
    }
  }

  int count(int node) {
    return count[node];
  }

  int get(int node, int i) {
    return cells[start[node] + i];
  }

  void add(int node, int edge) {
    int length = count[node];
    if (length == 0) {
      start[node] = allocate(0);
    } else if (Integer.bitCount(length) == 1) {
      enlarge(node, length);
    }
    cells[start[node] + length] = edge;
    count[node] = length + 1;
  }

  private void enlarge(int node, int length) {
    int sizeClass = Integer.numberOfTrailingZeros(length);
    int old = start[node];
    int block = allocate(sizeClass + 1);
    System.arraycopy(cells, old, cells, block, length);
    cells[old] = freeBlocks[sizeClass];
    freeBlocks[sizeClass] = old;
    start[node] = block;
  }

  private int allocate(int sizeClass) {
    int block = freeBlocks[sizeClass];
    if (block >= 0) {
      freeBlocks[sizeClass] = cells[block];
      return block;
    }
    int end = Math.addExact(used, 1 << sizeClass);
    if (end > cells.length) {
      cells = Arrays.copyOf(cells, (int) Math.max(end, cells.length * 3L / 2));
    }
    block = used;
    used = end;
    return block;
  }
}
