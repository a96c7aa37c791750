package io.signalbox.core.job;

import java.util.List;

/**
 * What tasks that are alike have in common: their operation, and what they ask of a device. They
 * share one object, so that what is asked of each of them again and again is read in one place, and
 * not in one far away for each.
 *
 * @param operation the operation
 * @param version its version, may be empty
 * @param classes device classes they may run on; empty means any
 * @param memoryBytes device memory they need; 0 when it doesn't matter
 * @param maxAttempts how many attempts may fail or be lost; 0 means the pool's default
 * @param labels what they ask of a device's labels
 */
public record TaskKind(
    String operation,
    String version,
    List<String> classes,
    long memoryBytes,
    int maxAttempts,
    LabelRules labels) {
  /** Asks nothing of a device. */
  public static final TaskKind ANY = new TaskKind("", "", List.of(), 0, 0, LabelRules.NONE);

  public TaskKind {
    classes = List.copyOf(classes);
  }

  /** True when a task of that description is of this kind. */
  boolean describes(TaskSpec spec) {
    return memoryBytes == spec.memoryBytes()
        && maxAttempts == spec.maxAttempts()
        && operation.equals(spec.operation())
        && version.equals(spec.version())
        && classes.equals(spec.classes())
        && labels.equals(spec.labels());
  }
}
