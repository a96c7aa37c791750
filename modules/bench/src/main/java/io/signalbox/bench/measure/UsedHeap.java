package io.signalbox.bench.measure;

import java.lang.management.ManagementFactory;

/** The heap that is used when all garbage is gone. */
public final class UsedHeap {
  private UsedHeap() {}

  /** Bytes, after collections; takes some tenths of a second. */
  public static long bytes() {
    long least = Long.MAX_VALUE;
    // One collection leaves what finalizers and references hold; the least of some is near.
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
