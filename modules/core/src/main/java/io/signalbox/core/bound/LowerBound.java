package io.signalbox.core.bound;

/** What no schedule can beat. */
public record LowerBound(
    double criticalPathSeconds, double areaSeconds, double levelSeconds, double[] classPrices) {
  public static LowerBound of(double[][] secondsByTaskAndClass, int[] slots, int[][] parents) {
    return new LowerBound(0, 0, 0, new double[0]);
  }

  public double seconds() {
    return Math.max(criticalPathSeconds, Math.max(areaSeconds, levelSeconds));
  }
}
