package io.signalbox.core.device;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Devices by {@code sortedBy}, the least first, equal ones by id. Keys lie in blocks of sorted
 * arrays: where thousands of devices are busy, a search reads a few lines of memory, while a tree
 * reads a device at each of its levels.
 */
final class SortedDevices implements Iterable<Device> {
  private static final int MOST = 64;
  private static final int FIRST_CAPACITY = 4;

  /** Two neighbours with fewer devices together are joined. */
  private static final int MOST_JOINED = MOST / 2;

  /** Devices in their order, with what they are ordered by; never empty in the list of blocks. */
  private static final class Block {
    private double[] keys;
    private @Nullable Device[] devices;
    private int size;

    private Block(int capacity) {
      keys = new double[capacity];
      devices = new Device[capacity];
    }

    private Device get(int at) {
      Device device = devices[at];
      if (device == null) {
        throw new NoSuchElementException();
      }
      return device;
    }

    private void insert(int at, double key, Device device) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, 2 * size);
        devices = Arrays.copyOf(devices, 2 * size);
      }
      System.arraycopy(keys, at, keys, at + 1, size - at);
      System.arraycopy(devices, at, devices, at + 1, size - at);
      keys[at] = key;
      devices[at] = device;
      size++;
    }

    private void remove(int at) {
      size--;
      System.arraycopy(keys, at + 1, keys, at, size - at);
      System.arraycopy(devices, at + 1, devices, at, size - at);
      devices[size] = null;
    }

    /** Moves the devices from a place on to the end of another block, which has room. */
    private void moveTo(Block other, int from) {
      int moved = size - from;
      System.arraycopy(keys, from, other.keys, other.size, moved);
      System.arraycopy(devices, from, other.devices, other.size, moved);
      Arrays.fill(devices, from, size, null);
      other.size += moved;
      size = from;
    }

    /** The first place whose device doesn't come before a key and device. */
    private int find(double key, Device device) {
      int low = 0;
      int high = size;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (comesBefore(middle, key, device)) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    private boolean comesBefore(int at, double key, Device device) {
      int byKey = Double.compare(keys[at], key);
      return byKey < 0 || (byKey == 0 && get(at).id().compareTo(device.id()) < 0);
    }
  }

  private Block[] blocks = new Block[1];
  // The key of each block's last device.
  private double[] lastKeys = new double[1];
  private int count;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The first device; there must be one. */
  Device first() {
    return blocks[0].get(0);
  }

  /** The first device of which something is true, or null. */
  @Nullable Device first(Predicate<Device> condition) {
    for (int at = 0; at < count; at++) {
      for (int i = 0; i < blocks[at].size; i++) {
        Device device = blocks[at].get(i);
        if (condition.test(device)) {
          return device;
        }
      }
    }
    return null;
  }

  /** Adds a device that isn't in, by its key. */
  void add(Device device) {
    double key = device.sortedBy;
    size++;
    if (count == 0) {
      blocks[0] = new Block(FIRST_CAPACITY);
      blocks[0].insert(0, key, device);
      count = 1;
      noteLast(0);
      return;
    }
    int at = Math.min(count - 1, blockOf(key, device));
    int within = blocks[at].find(key, device);
    if (blocks[at].size == MOST) {
      // Those that come last need not leave half-full blocks behind.
      int keep = at == count - 1 && within == MOST ? MOST : MOST / 2;
      split(at, keep);
      if (within > keep || keep == MOST) {
        at++;
        within -= keep;
      }
    }
    blocks[at].insert(within, key, device);
    noteLast(at);
  }

  /** Takes a device out that is in, with the key that it was added by. */
  void remove(Device device) {
    double key = device.sortedBy;
    int at = blockOf(key, device);
    int within = at == count ? 0 : blocks[at].find(key, device);
    if (at == count || blocks[at].devices[within] != device) {
      throw new IllegalStateException(device + " isn't where it was sorted in");
    }
    size--;
    blocks[at].remove(within);
    if (blocks[at].size == 0) {
      close(at);
    } else {
      noteLast(at);
      if (blocks[at].size < MOST_JOINED) {
        join(at);
      }
    }
  }

  /** The first block whose last device doesn't come before a key and device; the count if none. */
  private int blockOf(double key, Device device) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (endsBefore(middle, key, device)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean endsBefore(int at, double key, Device device) {
    int byKey = Double.compare(lastKeys[at], key);
    return byKey < 0 || (byKey == 0 && blocks[at].comesBefore(blocks[at].size - 1, key, device));
  }

  private void noteLast(int at) {
    lastKeys[at] = blocks[at].keys[blocks[at].size - 1];
  }

  /** Keeps so many devices in a full block; the rest, or one that is to come, begins a new one. */
  private void split(int at, int keep) {
    if (count == blocks.length) {
      blocks = Arrays.copyOf(blocks, 2 * count);
      lastKeys = Arrays.copyOf(lastKeys, 2 * count);
    }
    move(at + 1, at + 2, count - at - 1);
    count++;
    blocks[at + 1] = new Block(MOST);
    blocks[at].moveTo(blocks[at + 1], keep);
    lastKeys[at + 1] = lastKeys[at];
    noteLast(at);
  }

  /** Joins a block of few devices with a neighbour, if both leave room for more. */
  private void join(int at) {
    if (at + 1 < count && blocks[at].size + blocks[at + 1].size <= MOST_JOINED) {
      joinNext(at);
    } else if (at > 0 && blocks[at - 1].size + blocks[at].size <= MOST_JOINED) {
      joinNext(at - 1);
    }
  }

  private void joinNext(int at) {
    Block both = new Block(MOST);
    blocks[at].moveTo(both, 0);
    blocks[at + 1].moveTo(both, 0);
    blocks[at + 1] = both;
    noteLast(at + 1);
    close(at);
  }

  private void close(int at) {
    move(at + 1, at, count - at - 1);
    count--;
  }

  private void move(int from, int to, int moved) {
    System.arraycopy(blocks, from, blocks, to, moved);
    System.arraycopy(lastKeys, from, lastKeys, to, moved);
  }

  /** The devices in their order; none may come or go meanwhile. */
  @Override
  public Iterator<Device> iterator() {
    return new Walk();
  }

  private final class Walk implements Iterator<Device> {
    private int block;
    private int next;

    @Override
    public boolean hasNext() {
      return block < count;
    }

    @Override
    public Device next() {
      if (block >= count) {
        throw new NoSuchElementException();
      }
      Device device = blocks[block].get(next++);
      if (next == blocks[block].size) {
        block++;
        next = 0;
      }
      return device;
    }
  }
}
