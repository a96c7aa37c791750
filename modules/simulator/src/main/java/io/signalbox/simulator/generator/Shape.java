package io.signalbox.simulator.generator;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the tasks of a generated workload depend on each other. */
public enum Shape {
  /** Layers of about √n tasks, each with one to three parents, mostly in the layer before. */
  LAYERED,
  /** Stages one after the other: a task that forks, many that run side by side, one that joins. */
  FORK_JOIN,
  /** Up to four parents, anywhere among the tasks before; many tasks have none. */
  RANDOM,
  /** A task is split again and again, or, the other way round, results are joined two by two. */
  TREE,
  /** Items that pass through the same stages; some stages take them in their order. */
  PIPELINE;

  /** Its name as people write it, for instance {@code fork-join}. */
  public String written() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The shape of that name.
   *
   * @throws IllegalArgumentException naming the shapes there are when there is none
   */
  public static Shape of(String written) {
    return Arrays.stream(values())
        .filter(shape -> shape.written().equals(written))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no shape '%s'; there are %s"
                    .formatted(
                        written,
                        Arrays.stream(values())
                            .map(Shape::written)
                            .collect(Collectors.joining(", ")))));
  }
}
