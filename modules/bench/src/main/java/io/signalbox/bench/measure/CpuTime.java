package io.signalbox.bench.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Processor time of threads of this process.
 *
 * @param seconds of the threads that are meant
 */
public record CpuTime(double seconds) {
  /** What living threads have used whose names contain a word. */
  public static CpuTime ofThreads(String word) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double nanos = 0;
    for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (info != null && info.getThreadName().contains(word)) {
        nanos += Math.max(0, threads.getThreadCpuTime(info.getThreadId()));
      }
    }
    return new CpuTime(nanos / 1e9);
  }

  /** What all of the process has used, compilers and collectors included. */
  public static CpuTime ofProcess() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? new CpuTime(system.getProcessCpuTime() / 1e9)
        : new CpuTime(Double.NaN);
  }

  /** Seconds since an earlier reading. */
  public double since(CpuTime earlier) {
    return seconds - earlier.seconds;
  }
}
