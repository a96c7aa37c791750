package io.signalbox.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LargestPropertyTest {
  @Test
  void itIsWhatSortingFinds() {
    for (long seed = 1; seed <= 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int size = 1 + random.nextInt(60);
      // Few different numbers, so that many are equal.
      double[] values = random.ints(size, 0, 1 + random.nextInt(40)).asDoubleStream().toArray();
      int n = 1 + random.nextInt(size);
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      Largest largest = new Largest(n);
      for (int i = 0; i < size; i++) {
        assertEquals(i < n, largest.least() == Double.NEGATIVE_INFINITY, "seed " + seed);
        largest.add(values[i]);
      }
      assertEquals(sorted[size - n], largest.least(), "seed " + seed);
    }
  }
}
