package io.signalbox.core.job;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One task as its producer describes it. Limits are checked on submission, not here: a task that
 * breaks one must reach the pool to be refused with its reason.
 *
 * @param id unique within the job
 * @param operation the kind of the task; handlers and run times are keyed by it
 * @param version version of the operation, may be empty
 * @param dependencies the tasks whose success it waits for
 * @param work amount of work in the operation's own unit, greater than 0
 * @param estimates expected run time in seconds by device class, where the producer knows it
 * @param classes device classes it may run on; empty means any
 * @param memoryBytes device memory it needs; 0 when it doesn't matter
 * @param payload what the handler is given beside the parents' results
 * @param timeoutSeconds longest run time of an attempt; 0 means no limit
 * @param maxAttempts how many attempts may fail or be lost; 0 means the pool's default
 * @param labels what it asks of a device's labels
 */
public record TaskSpec(
    String id,
    String operation,
    String version,
    List<Dependency> dependencies,
    double work,
    Map<String, Double> estimates,
    List<String> classes,
    long memoryBytes,
    @Nullable Content payload,
    double timeoutSeconds,
    int maxAttempts,
    LabelRules labels)
    implements Workload {
  public TaskSpec {
    dependencies = List.copyOf(dependencies);
    estimates = Map.copyOf(estimates);
    classes = List.copyOf(classes);
  }

  /** A task for which any device of its classes will do. */
  public TaskSpec(
      String id,
      String operation,
      String version,
      List<Dependency> dependencies,
      double work,
      Map<String, Double> estimates,
      List<String> classes,
      long memoryBytes,
      @Nullable Content payload,
      double timeoutSeconds,
      int maxAttempts) {
    this(
        id,
        operation,
        version,
        dependencies,
        work,
        estimates,
        classes,
        memoryBytes,
        payload,
        timeoutSeconds,
        maxAttempts,
        LabelRules.NONE);
  }

  /** The same with other labels. */
  public TaskSpec with(LabelRules other) {
    return with(payload, other);
  }

  /** The same without its payload. */
  public TaskSpec withoutPayload() {
    return payload == null ? this : with(null, labels);
  }

  private TaskSpec with(@Nullable Content otherPayload, LabelRules otherLabels) {
    return new TaskSpec(
        id,
        operation,
        version,
        dependencies,
        work,
        estimates,
        classes,
        memoryBytes,
        otherPayload,
        timeoutSeconds,
        maxAttempts,
        otherLabels);
  }

  @Override
  public double amount() {
    return work;
  }

  @Override
  public Map<String, Double> givenSecondsByClass() {
    return estimates;
  }

  /** A task of one operation with nothing but parents; everything else at its default. */
  public static TaskSpec of(String id, String operation, String... parents) {
    List<Dependency> dependencies =
        List.of(parents).stream().map(parent -> new Dependency(parent, 0)).toList();
    return new TaskSpec(id, operation, "", dependencies, 1.0, Map.of(), List.of(), 0, null, 0.0, 0);
  }
}
