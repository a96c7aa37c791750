package io.signalbox.bench.measure;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where and when a benchmark ran.
 *
 * @param cores processors
 * @param os operating system with its version and architecture
 * @param jdk the Java that ran it
 * @param maxHeapBytes most heap the process could have
 * @param date when it ended
 */
public record Machine(int cores, String os, String jdk, long maxHeapBytes, String date) {
  /** This one, now. */
  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        Runtime.getRuntime().maxMemory(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
