package io.signalbox.core.estimate;

import io.signalbox.core.device.DeviceClass;
import java.util.ArrayList;
import java.util.List;

/**
 * How run times on two classes compare over all operations: the mean difference of ln(seconds),
 * starting from the classes' FP16 throughput, which counts as one operation. Sums are kept in fixed
 * point, so that they don't depend on the order in which operations came.
 */
final class ClassSpeeds {
  private static final double SCALE = 1L << 32;

  private final double[] logGuess;
  private final long[][] sums;
  private final int[][] operations;
  // Operations that have changed since they were counted: runs end more often than it matters how
  // classes compare.
  private final List<OperationModel> changed = new ArrayList<>();
  private long version;

  ClassSpeeds(List<DeviceClass> classes) {
    double slowest = classes.stream().mapToDouble(DeviceClass::fp16Tflops).min().orElseThrow();
    logGuess =
        classes.stream().mapToDouble(kind -> Math.log(slowest / kind.fp16Tflops())).toArray();
    sums = new long[logGuess.length][logGuess.length];
    operations = new int[logGuess.length][logGuess.length];
  }

  /** ln(seconds) of a unit of work by throughput alone; 0 on the slowest class. */
  double logGuess(int deviceClass) {
    return logGuess[deviceClass];
  }

  /** What to add to ln(seconds) on one class to predict it on another. */
  double logRatio(int from, int to) {
    count();
    double guess = logGuess[to] - logGuess[from];
    return (guess + sums[from][to] / SCALE) / (1 + operations[from][to]);
  }

  /** Counts an operation in; what it weighs is in its levels, {@link #level}. */
  void add(long[] levels, boolean[] isKnown) {
    change(levels, isKnown, 1);
  }

  /** Takes back what {@link #add} counted in. */
  void remove(long[] levels, boolean[] isKnown) {
    change(levels, isKnown, -1);
  }

  /** Another one whenever something has changed. */
  long version() {
    count();
    return version;
  }

  /** An operation has changed: it is counted anew before the next question. */
  void changed(OperationModel operation) {
    if (!operation.isUncounted) {
      operation.isUncounted = true;
      changed.add(operation);
    }
  }

  private void count() {
    for (int i = 0; i < changed.size(); i++) {
      version++;
      changed.get(i).count();
    }
    changed.clear();
  }

  static long level(double logSeconds) {
    return Math.round(logSeconds * SCALE);
  }

  private void change(long[] levels, boolean[] isKnown, int sign) {
    for (int from = 0; from < levels.length; from++) {
      for (int to = 0; to < levels.length; to++) {
        if (isKnown[from] && isKnown[to]) {
          sums[from][to] += sign * (levels[to] - levels[from]);
          operations[from][to] += sign;
        }
      }
    }
  }
}
