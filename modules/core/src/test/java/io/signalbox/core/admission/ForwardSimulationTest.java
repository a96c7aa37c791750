package io.signalbox.core.admission;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardSimulationTest {
  private static final double NOWHERE = Double.POSITIVE_INFINITY;
  private static final List<String> CLASSES = List.of("gpu", "cpu");

  private static JobLoad job(double[][] seconds, int[]... parents) {
    return job(0, seconds, parents);
  }

  private static JobLoad job(double transfer, double[][] seconds, int[]... parents) {
    double[][] transfers = new double[parents.length][];
    for (int task = 0; task < parents.length; task++) {
      transfers[task] = new double[parents[task].length];
      java.util.Arrays.fill(transfers[task], transfer);
    }
    JobLoad load =
        new JobLoad("j", NOWHERE, 2, (task, k, care) -> seconds[task][k], parents, transfers);
    load.rankByPaths();
    return load;
  }

  private static double finish(FleetLoad fleet, JobLoad job) {
    return ForwardSimulation.finishes(fleet, List.of(job))[0];
  }

  @Test
  void chainTakesItsSum() {
    FleetLoad fleet = FleetLoad.idle(CLASSES, 1, 1);
    double[][] seconds = {{2, 9}, {3, 9}};
    assertEquals(5, finish(fleet, job(seconds, new int[0], new int[] {0})));
  }

  @Test
  void taskWaitsForTheFasterClassWhenItIsDoneSoonerThere() {
    FleetLoad fleet = FleetLoad.idle(CLASSES, 1, 1);
    double[][] seconds = {{2, 9}, {2, 9}, {2, 9}};
    assertEquals(6, finish(fleet, job(seconds, new int[0], new int[0], new int[0])));
  }

  @Test
  void slowClassTakesWhatWouldWaitTooLong() {
    FleetLoad fleet = FleetLoad.idle(CLASSES, 1, 1);
    double[][] seconds = {{2, 5}, {2, 5}, {2, 5}, {2, 5}};
    int[][] free = {new int[0], new int[0], new int[0], new int[0]};
    assertEquals(6, finish(fleet, job(seconds, free)));
  }

  @Test
  void childStaysWithItsDataWhenMovingTakesLonger() {
    FleetLoad fleet = FleetLoad.idle(CLASSES, 2, 0);
    double[][] seconds = {{1, NOWHERE}, {1, NOWHERE}, {4, NOWHERE}};
    assertEquals(6, finish(fleet, job(9, seconds, new int[0], new int[] {0}, new int[] {1})));
  }

  @Test
  void takenSlotIsWaitedFor() {
    FleetLoad fleet =
        new FleetLoad(CLASSES, new int[] {0}, new int[] {0}, new double[] {7}, new int[] {1, 0});
    assertEquals(9, finish(fleet, job(new double[][] {{2, NOWHERE}}, new int[0])));
  }

  @Test
  void taskInADevicesHandsEndsThere() {
    FleetLoad fleet =
        new FleetLoad(CLASSES, new int[] {0}, new int[] {0}, new double[] {3}, new int[] {1, 0});
    JobLoad job = job(new double[][] {{8, NOWHERE}, {2, NOWHERE}}, new int[0], new int[] {0});
    job.place(0, 0, 3, 3);
    assertEquals(5, finish(fleet, job));
  }

  @Test
  void jobWithATaskThatNothingRunsNeverEndsAndHoldsUpNobody() {
    FleetLoad fleet = FleetLoad.idle(CLASSES, 1, 0);
    JobLoad stuck = job(new double[][] {{1, NOWHERE}, {NOWHERE, 1}}, new int[0], new int[] {0});
    JobLoad other = job(new double[][] {{1, NOWHERE}}, new int[0]);
    assertArrayEquals(
        new double[] {NOWHERE, 2}, ForwardSimulation.finishes(fleet, List.of(stuck, other)));
  }

  @Test
  void emptyJobIsDoneAtOnce() {
    assertEquals(0, finish(FleetLoad.idle(CLASSES, 1, 0), job(new double[0][])));
  }
}
