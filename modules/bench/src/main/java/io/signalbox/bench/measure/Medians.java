package io.signalbox.bench.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** Medians of a few rounds. */
public final class Medians {
  private Medians() {}

  /**
   * The median of what a function says of each; of an even number, the mean of the two in the
   * middle.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static <T> double of(Collection<T> rounds, ToDoubleFunction<T> value) {
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("no rounds, no median");
    }
    double[] values = rounds.stream().mapToDouble(value).toArray();
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
