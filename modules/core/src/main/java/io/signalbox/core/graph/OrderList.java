package io.signalbox.core.graph;

import java.util.Arrays;

/**
 * Dense item numbers in a total order that can be compared in constant time and changed anywhere.
 *
 * <p>Each item has a label; moving items between two others takes labels from the gap. Where a gap
 * is used up, the smallest surrounding window that is sparse enough is spread out again, the wider
 * the sparser, which costs O(log n) amortised a move (Bender, Cole, Demaine, Farach-Colton, Zito:
 * Two simplified algorithms for maintaining order in a list, 2002).
 */
final class OrderList {
  private static final long GAP = 1L << 32;
  private static final long LIMIT = 1L << 61;
  private static final int SPARSE_BITS = 12;

  private long[] label = new long[8];
  private int[] next = new int[8];
  private int[] previous = new int[8];
  private int size;
  private int first = -1;
  private int last = -1;

  int size() {
    return size;
  }

  int first() {
    return first;
  }

  int last() {
    return last;
  }

  int next(int item) {
    return next[item];
  }

  int previous(int item) {
    return previous[item];
  }

  boolean isBefore(int item, int other) {
    return label[item] < label[other];
  }

  /** Adds the next item number at the end of the order. */
  int append() {
    if (size == label.length) {
      int capacity = size + (size >> 1);
      label = Arrays.copyOf(label, capacity);
      next = Arrays.copyOf(next, capacity);
      previous = Arrays.copyOf(previous, capacity);
    }
    int item = size++;
    int anchor = last;
    link(anchor, item);
    label(anchor, item, item, 1);
    return item;
  }

  /** Moves the first {@code count} of the items behind the anchor, keeping their order. */
  void moveBehind(int anchor, int[] items, int count) {
    unlink(items, count);
    insert(anchor, items, count);
  }

  /** Moves the first {@code count} of the items in front of the anchor, keeping their order. */
  void moveBefore(int anchor, int[] items, int count) {
    // The neighbour may be one of the items, so they are taken out before it is looked up.
    unlink(items, count);
    insert(previous[anchor], items, count);
  }

  private void insert(int anchor, int[] items, int count) {
    sort(items, count);
    int at = anchor;
    for (int i = 0; i < count; i++) {
      link(at, items[i]);
      at = items[i];
    }
    label(anchor, items[0], at, count);
  }

  private void unlink(int[] items, int count) {
    for (int i = 0; i < count; i++) {
      int item = items[i];
      if (previous[item] < 0) {
        first = next[item];
      } else {
        next[previous[item]] = next[item];
      }
      if (next[item] < 0) {
        last = previous[item];
      } else {
        previous[next[item]] = previous[item];
      }
    }
  }

  private void link(int anchor, int item) {
    int behind = anchor < 0 ? first : next[anchor];
    previous[item] = anchor;
    next[item] = behind;
    if (anchor < 0) {
      first = item;
    } else {
      next[anchor] = item;
    }
    if (behind < 0) {
      last = item;
    } else {
      previous[behind] = item;
    }
  }

  /** Gives labels to the linked run {@code from..to} that stands behind the anchor. */
  private void label(int anchor, int from, int to, int count) {
    int behind = next[to];
    if (anchor < 0 || behind < 0 || label[behind] - label[anchor] > count) {
      spread(from, to, count);
    } else {
      makeRoom(from, to, count);
    }
    if (label[first] < -LIMIT || label[last] > LIMIT) {
      spreadAll();
    }
  }

  private void makeRoom(int start, int end, int count) {
    int from = start;
    int to = end;
    int width = count;
    while (!isSparse(from, to, width)) {
      int more = (width + 1) / 2;
      for (int i = 0; i < more && previous[from] >= 0; i++, width++) {
        from = previous[from];
      }
      for (int i = 0; i < more && next[to] >= 0; i++, width++) {
        to = next[to];
      }
    }
    spread(from, to, width);
  }

  private boolean isSparse(int from, int to, int width) {
    int before = previous[from];
    int behind = next[to];
    if (before < 0 || behind < 0) {
      return true;
    }
    long gap = (label[behind] - label[before]) / (width + 1L);
    int widthBits = Integer.SIZE - Integer.numberOfLeadingZeros(width);
    return gap >= 1L << (SPARSE_BITS + widthBits);
  }

  private void spread(int from, int to, int width) {
    int before = previous[from];
    int behind = next[to];
    long step = GAP;
    long at = 0;
    if (before >= 0 && behind >= 0) {
      step = (label[behind] - label[before]) / (width + 1L);
    }
    if (before >= 0) {
      at = label[before] + step;
    } else if (behind >= 0) {
      at = label[behind] - step * width;
    }
    for (int item = from; ; item = next[item]) {
      label[item] = at;
      at += step;
      if (item == to) {
        return;
      }
    }
  }

  private void spreadAll() {
    long at = -(size / 2) * GAP;
    for (int item = first; item >= 0; item = next[item]) {
      label[item] = at;
      at += GAP;
    }
  }

  /** Sorts items by their labels, which are still those of the order they come from. */
  private void sort(int[] items, int count) {
    if (count == 1) {
      return;
    }
    long[] labels = new long[count];
    for (int i = 0; i < count; i++) {
      labels[i] = label[items[i]];
    }
    Arrays.sort(labels);
    int[] unsorted = Arrays.copyOf(items, count);
    for (int item : unsorted) {
      items[Arrays.binarySearch(labels, label[item])] = item;
    }
  }
}
