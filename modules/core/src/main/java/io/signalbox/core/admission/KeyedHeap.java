package io.signalbox.core.admission;

import java.util.Arrays;

/** A queue of numbered things by a key that may change, the smallest first, by number on a tie. */
final class KeyedHeap {
  private final double[] keys;
  private final int[] places;
  private int[] heap = new int[16];
  private int size;

  /** An empty queue for things numbered from 0 to below {@code capacity}. */
  KeyedHeap(int capacity) {
    keys = new double[capacity];
    places = new int[capacity];
    Arrays.fill(places, -1);
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The first; there must be one. */
  int first() {
    return heap[0];
  }

  /** Key of the first, or positive infinity when there is none. */
  double firstKey() {
    return size == 0 ? Double.POSITIVE_INFINITY : keys[heap[0]];
  }

  double key(int thing) {
    return keys[thing];
  }

  /** Queues a thing, or moves it to where its new key says. */
  void put(int thing, double key) {
    keys[thing] = key;
    if (places[thing] < 0) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, size * 2);
      }
      set(size++, thing);
    }
    up(places[thing]);
    down(places[thing]);
  }

  /** Takes the first out. */
  int poll() {
    int first = heap[0];
    places[first] = -1;
    int last = heap[--size];
    if (size > 0) {
      set(0, last);
      down(0);
    }
    return first;
  }

  private void up(int from) {
    int place = from;
    int thing = heap[place];
    while (place > 0 && before(thing, heap[(place - 1) / 2])) {
      set(place, heap[(place - 1) / 2]);
      place = (place - 1) / 2;
    }
    set(place, thing);
  }

  private void down(int from) {
    int place = from;
    int thing = heap[place];
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], thing)) {
        break;
      }
      set(place, heap[child]);
      place = child;
    }
    set(place, thing);
  }

  private boolean before(int a, int b) {
    return keys[a] < keys[b] || (keys[a] == keys[b] && a < b);
  }

  private void set(int place, int thing) {
    heap[place] = thing;
    places[thing] = place;
  }
}
