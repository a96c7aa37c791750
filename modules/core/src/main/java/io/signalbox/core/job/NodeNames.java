package io.signalbox.core.job;

import java.util.Arrays;

/**
 * The names of a job's nodes, which are numbered as they come. A hash table with linear probing
 * over two arrays: the entries of a map would be a good part of what a waiting task takes up.
 *
 * <p>Names come from outside, and names of equal {@link String#hashCode} are easy to make, so the
 * table hashes by FNV-1a in 64 bits.
 */
final class NodeNames {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private String[] names = new String[8];
  // The node's number + 1; 0 where nothing is. Bits that no number of this size needs hold some of
  // the name's hash: nearly always the first name that is read, and far away, is the right one.
  private int[] table = new int[16];
  private int size;

  /** The node of that name, or -1. */
  int find(String name) {
    return nodeAt(place(name));
  }

  /** The node of that name, which is numbered now if it has none yet. */
  int findOrAdd(String name) {
    int at = place(name);
    if (table[at] != 0) {
      return nodeAt(at);
    }
    if (2 * (size + 1) > table.length) {
      enlarge();
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, size + (size >> 1));
    }
    names[size++] = name;
    enter(size - 1);
    return size - 1;
  }

  String name(int node) {
    return names[node];
  }

  /** Where the name is, or would be. */
  private int place(String name) {
    int mask = table.length - 1;
    long hash = hash(name);
    int at = (int) (hash >>> 32) & mask;
    while (table[at] != 0
        && !((table[at] & ~mask) == ((int) hash & ~mask) && names[nodeAt(at)].equals(name))) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private int nodeAt(int place) {
    return (table[place] & (table.length - 1)) - 1;
  }

  private void enter(int node) {
    int mask = table.length - 1;
    long hash = hash(names[node]);
    int at = (int) (hash >>> 32) & mask;
    while (table[at] != 0) {
      at = (at + 1) & mask;
    }
    table[at] = ((int) hash & ~mask) | (node + 1);
  }

  private void enlarge() {
    table = new int[table.length * 2];
    for (int node = 0; node < size; node++) {
      enter(node);
    }
  }

  private static long hash(String name) {
    long hash = OFFSET_BASIS;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * PRIME;
    }
    return hash * GOLDEN;
  }
}
