package io.signalbox.core.bound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LowerBoundTest {
  private static final double NONE = Double.POSITIVE_INFINITY;

  @Test
  void aChainIsBoundByItsPathOnTheFastestClass() {
    double[][] seconds = {{4, 2}, {1, 3}, {5, 5}};
    LowerBound bound = LowerBound.of(seconds, new int[] {1, 1}, new int[][] {{}, {0}, {1}});
    assertEquals(8, bound.criticalPathSeconds());
    assertEquals(8, bound.seconds(), 0.5);
  }

  @Test
  void independentTasksOfOneClassAreBoundByTheirArea() {
    double[][] seconds = {{3}, {3}, {3}, {3}};
    LowerBound bound = LowerBound.of(seconds, new int[] {2}, new int[4][0]);
    assertEquals(6, bound.areaSeconds(), 1e-9);
    assertEquals(0.5, bound.classPrices()[0], 1e-9);
  }

  @Test
  void theDualFindsTheBestSplitOfUnlikeTasksOverClasses() {
    // Twice as fast on the second class, which alone would take 10: shared in thirds it is 20 / 3.
    double[][] seconds = new double[10][];
    Arrays.fill(seconds, new double[] {2, 1});
    LowerBound bound = LowerBound.of(seconds, new int[] {1, 1}, new int[10][0]);
    assertEquals(20.0 / 3, bound.areaSeconds(), 0.02);
    assertEquals(2 * bound.classPrices()[0], bound.classPrices()[1], 0.02);
  }

  @Test
  void aClassThatIsNotAllowedOrHasNoSlotsDoesNotHelp() {
    double[][] seconds = {{1, NONE, 9}, {1, NONE, 9}};
    LowerBound bound = LowerBound.of(seconds, new int[] {1, 5, 0}, new int[2][0]);
    assertEquals(2, bound.areaSeconds(), 1e-6);
    assertEquals(0, bound.classPrices()[2]);
  }

  @Test
  void headAndTailAroundAWideMiddleAddUp() {
    // 5 seconds, then eight of 2 seconds on two slots, then 5 seconds.
    double[][] seconds = new double[10][];
    int[][] parents = new int[10][];
    for (int i = 0; i < 8; i++) {
      seconds[i + 1] = new double[] {2};
      parents[i + 1] = new int[] {0};
    }
    seconds[0] = new double[] {5};
    parents[0] = new int[0];
    seconds[9] = new double[] {5};
    parents[9] = new int[] {1, 2, 3, 4, 5, 6, 7, 8};
    LowerBound bound = LowerBound.of(seconds, new int[] {2}, parents);
    assertEquals(12, bound.criticalPathSeconds());
    assertEquals(13, bound.areaSeconds(), 1e-9);
    assertEquals(18, bound.levelSeconds(), 1e-9);
    assertEquals(18, bound.seconds(), 1e-9);
  }

  @Test
  void nothingToDoTakesNoTime() {
    assertEquals(0, LowerBound.of(new double[0][], new int[] {1}, new int[0][]).seconds());
  }

  @Test
  void badInputIsRefusedWithItsPlace() {
    refuses("time of task 1 on class 0", new double[][] {{1}, {Double.NaN}}, new int[2][0]);
    refuses("time of task 0 on class 0", new double[][] {{-1}, {1}}, new int[2][0]);
    refuses("task 0 is allowed on no class", new double[][] {{NONE}}, new int[1][0]);
    refuses("task 0 has times for 2 of 1", new double[][] {{1, 1}}, new int[1][0]);
    refuses("parent 7 of task 0", new double[][] {{1}}, new int[][] {{7}});
    refuses("cycle", new double[][] {{1}, {1}}, new int[][] {{1}, {0}});
    refuses("parents of 1", new double[][] {{1}, {1}}, new int[1][0]);
  }

  private static void refuses(String part, double[][] seconds, int[][] parents) {
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> LowerBound.of(seconds, new int[] {1}, parents));
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }
}
