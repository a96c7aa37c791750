package io.signalbox.bench.shape;

import io.signalbox.events.TaskSpec;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** How the tasks of a benchmark's jobs depend on each other. */
public interface JobShape {
  /** The operation of all tasks. */
  String OPERATION = "bench.nothing";

  /** Shapes that can be named. */
  List<String> NAMES = List.of("independent", "chain", "fan", "layered", "pairs");

  /**
   * The tasks of one job.
   *
   * @param tasks about how many
   */
  List<TaskSpec> tasks(int tasks);

  /** Its name, for reports. */
  String name();

  /**
   * A shape by its name.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  static JobShape named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "independent" -> of(name, ShapedTasks::independent);
      case "chain" -> of(name, ShapedTasks::chain);
      case "fan" -> of(name, ShapedTasks::fan);
      case "layered" -> of(name, ShapedTasks::layered);
      case "pairs" -> of(name, ShapedTasks::pairs);
      default ->
          throw new IllegalArgumentException(
              "there is no shape '" + name + "'; there are " + String.join(", ", NAMES));
    };
  }

  /** A shape of that name. */
  static JobShape of(String name, IntFunction<List<TaskSpec>> make) {
    return new JobShape() {
      @Override
      public List<TaskSpec> tasks(int tasks) {
        return make.apply(tasks);
      }

      @Override
      public String name() {
        return name;
      }
    };
  }
}
