package io.signalbox.core.plan;

import java.util.Arrays;

/**
 * When and where each task of a static problem runs.
 *
 * @param processors the processor of each task
 * @param starts its start in seconds from the job's
 * @param finishes its finish
 */
public record StaticSchedule(int[] processors, double[] starts, double[] finishes) {
  /** When the last task is done. */
  public double makespanSeconds() {
    return Arrays.stream(finishes).max().orElse(0);
  }
}
