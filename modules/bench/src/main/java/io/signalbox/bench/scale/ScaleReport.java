package io.signalbox.bench.scale;

import io.signalbox.bench.measure.Machine;
import java.util.List;

/**
 * What a scale benchmark found.
 *
 * @param bench name of the benchmark
 * @param over what grows
 * @param shape of the jobs
 * @param guarantee of the engine
 * @param points one for each size
 * @param cpuRatio processor time per task of the largest over the smallest
 * @param machine where it ran
 */
public record ScaleReport(
    String bench,
    String over,
    String shape,
    String guarantee,
    List<Point> points,
    double cpuRatio,
    Machine machine) {
  /**
   * The cost of a task at one size.
   *
   * @param size of what grows
   * @param tasks that were run
   * @param tasksPerSecond from the first submission until the last success was read
   * @param engineCpuMicrosPerTask processor time of the engine's threads
   */
  public record Point(
      long size, long tasks, double tasksPerSecond, double engineCpuMicrosPerTask) {}
}
