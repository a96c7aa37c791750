package io.signalbox.simulator.workload;

import io.signalbox.core.job.TaskSpec;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads workloads from files of any format there is, told apart by what stands in them. */
public final class Workloads {
  private Workloads() {}

  /** Reads a workload whose tasks may name any device class. */
  public static Workload read(Path file) throws InvalidFileException {
    return read(file, Optional.empty());
  }

  /**
   * Reads a workload: the project's own job format in YAML or JSON, WfFormat 1.5, a task graph of
   * Estee, or one of DAGBench.
   *
   * @param file the file
   * @param knownClasses the device classes there are; a task that names another one is an error
   * @throws InvalidFileException if the file can't be read or breaks a rule, naming every place
   */
  public static Workload read(Path file, Optional<Set<String>> knownClasses)
      throws InvalidFileException {
    Place root = Document.read(file);
    String name = Document.baseName(file);
    Workload workload = read(root, name, knownClasses);
    root.problems().throwIfAny();
    return workload;
  }

  private static Workload read(Place root, String name, Optional<Set<String>> knownClasses) {
    if (WfFormat.recognises(root)) {
      return new Workload(name, WfFormat.read(root, name));
    } else if (DagBench.recognises(root)) {
      String own = DagBench.name(root, name);
      return new Workload(own, DagBench.read(root, own));
    } else if (Estee.recognises(root)) {
      return new Workload(name, Estee.read(root, name));
    }
    return new Workload(name, JobFile.read(root, name, knownClasses));
  }

  /**
   * The plan with an estimate for each class a task may run on, from the speeds where its producer
   * gave none.
   *
   * @param plan the plan
   * @param speeds speeds that cover the classes
   * @param classes the device classes there are
   */
  public static JobPlan withEstimates(JobPlan plan, Speeds speeds, Collection<String> classes) {
    return plan.withTasks(
        plan.tasks().stream().map(task -> withEstimates(task, speeds, classes)).toList());
  }

  private static TaskSpec withEstimates(TaskSpec task, Speeds speeds, Collection<String> classes) {
    Map<String, Double> estimates = new TreeMap<>(task.estimates());
    for (String name : classes) {
      if (task.classes().isEmpty() || task.classes().contains(name)) {
        estimates.computeIfAbsent(name, missing -> speeds.secondsOn(task, missing));
      }
    }
    return new TaskSpec(
        task.id(),
        task.operation(),
        task.version(),
        task.dependencies(),
        task.work(),
        estimates,
        task.classes(),
        task.memoryBytes(),
        task.payload(),
        task.timeoutSeconds(),
        task.maxAttempts(),
        task.labels());
  }
}
