package io.signalbox.engine.translate;

import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.LabelRules;
import io.signalbox.core.job.TaskSpec;
import java.util.List;

/** Task specs from Avro. Limits and names are for the pool to check. */
final class Specs {
  private static final double MILLIS = 1e3;

  private Specs() {}

  static List<TaskSpec> read(List<io.signalbox.events.TaskSpec> specs) {
    return specs.stream().map(Specs::read).toList();
  }

  private static TaskSpec read(io.signalbox.events.TaskSpec spec) {
    List<Dependency> dependencies =
        spec.getDependencies().stream()
            .map(parent -> new Dependency(parent.getTaskId(), parent.getSizeBytes()))
            .toList();
    return new TaskSpec(
        spec.getTaskId(),
        spec.getOperation(),
        spec.getVersion(),
        dependencies,
        spec.getWork(),
        spec.getEstimates(),
        spec.getClasses(),
        spec.getMemoryBytes(),
        Contents.read(spec.getPayload(), "payload of task '" + spec.getTaskId() + "'"),
        spec.getTimeoutMillis() / MILLIS,
        spec.getMaxAttempts(),
        LabelRules.of(spec.getRequires(), spec.getPrefers()));
  }
}
