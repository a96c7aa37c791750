package io.signalbox.simulator.workload;

import io.signalbox.core.job.TaskSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * How fast each device class runs each operation, in units of work per second.
 *
 * @param defaults speed by class, for operations that aren't listed
 * @param operations speed by operation and class; a class it leaves out takes the default
 */
public record Speeds(Map<String, Double> defaults, Map<String, Map<String, Double>> operations) {
  public Speeds {
    defaults = Map.copyOf(defaults);
    operations = Map.copyOf(operations);
  }

  /** Reads a speeds file that need not cover any class in particular. */
  public static Speeds read(Path file) throws InvalidFileException {
    return read(file, Set.of());
  }

  /**
   * Reads a speeds file, JSON or YAML.
   *
   * @param file the file
   * @param classes device classes that it must cover, such as those of the fleet
   * @throws InvalidFileException if the file can't be read or breaks a rule, naming every place
   */
  public static Speeds read(Path file, Set<String> classes) throws InvalidFileException {
    return SpeedsFile.read(Document.read(file), classes);
  }

  /** The classes it knows speeds for, sorted by name. */
  public NavigableSet<String> classes() {
    return new TreeSet<>(defaults.keySet());
  }

  /**
   * Seconds for an amount of work.
   *
   * @throws IllegalArgumentException if the class isn't among {@link #classes()}
   */
  public double secondsOn(String operation, double work, String deviceClass) {
    Double speed = operations.getOrDefault(operation, Map.of()).get(deviceClass);
    if (speed == null) {
      speed = defaults.get(deviceClass);
    }
    if (speed == null) {
      throw new IllegalArgumentException("no speed for device class '" + deviceClass + "'");
    }
    return work / speed;
  }

  /**
   * Seconds for a task: its own estimate for the class if its producer gave one, otherwise from its
   * work.
   */
  public double secondsOn(TaskSpec task, String deviceClass) {
    Double estimate = task.estimates().get(deviceClass);
    return estimate != null ? estimate : secondsOn(task.operation(), task.work(), deviceClass);
  }
}
