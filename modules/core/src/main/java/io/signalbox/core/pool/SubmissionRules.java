package io.signalbox.core.pool;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.job.Content;
import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.Job;
import io.signalbox.core.job.TaskSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a submission must keep to. Every method returns what is wrong, for people, or null. */
final class SubmissionRules {
  /** A task is stored in one record, and Kafka's are of a megabyte unless somebody says more. */
  private static final int MOST_TASK_CHARACTERS = 800_000;

  /** Labels are stored with their job, and shown in every listing. */
  private static final int MOST_LABEL_CHARACTERS = 16_384;

  /** The end of the year 9999, in seconds since the epoch. */
  private static final double LAST_SECOND = 253_402_300_799.0;

  private final PoolSettings.Limits limits;
  private final Set<String> classes;

  SubmissionRules(PoolSettings settings) {
    this.limits = settings.limits();
    this.classes =
        settings.deviceClasses().stream()
            .map(DeviceClass::name)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** True for a name that can be stored and shown. */
  boolean nameable(String name) {
    if (name.isEmpty() || name.length() > limits.nameCharacters()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letterOrDigit = c < 128 && Character.isLetterOrDigit(c);
      if (!letterOrDigit && "._:-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  @Nullable String breach(Input.TasksSubmitted input) {
    if (!nameable(input.job())) {
      return unusable("job id", input.job());
    }
    if (input.header() != null && !nameable(input.header().tenant())) {
      return unusable("tenant", input.header().tenant());
    }
    if (input.header() != null
        && input.header().deadline() != null
        && !(Math.abs(input.header().deadline()) <= LAST_SECOND)) {
      return "job '%s' has a deadline that is no time".formatted(input.job());
    }
    if (input.header() != null && characters(input.header().labels()) > MOST_LABEL_CHARACTERS) {
      return "job '%s' has labels of %d characters; %d are allowed"
          .formatted(input.job(), characters(input.header().labels()), MOST_LABEL_CHARACTERS);
    }
    if (input.tasks().isEmpty() && !input.sealed()) {
      return "a record of job '%s' has no tasks and doesn't seal it".formatted(input.job());
    }
    return breach(input.tasks());
  }

  @Nullable String breach(List<TaskSpec> specs) {
    if (specs.size() > limits.tasksPerRecord()) {
      return "%d tasks in one record; %d are allowed, send several records"
          .formatted(specs.size(), limits.tasksPerRecord());
    }
    for (TaskSpec spec : specs) {
      String broken = breach(spec);
      if (broken != null) {
        return broken;
      }
    }
    return null;
  }

  @Nullable String sizes(Job job, int liveTasks) {
    if (job.size() > limits.tasksPerJob()) {
      return "job '%s' has more than %d tasks".formatted(job.id(), limits.tasksPerJob());
    }
    if (liveTasks > limits.liveTasks()) {
      return "the pool holds %d live tasks, more than that it doesn't take; submit job '%s' later"
          .formatted(limits.liveTasks(), job.id());
    }
    return null;
  }

  private @Nullable String breach(TaskSpec spec) {
    if (!nameable(spec.id())) {
      return unusable("task id", spec.id());
    }
    if (!nameable(spec.operation())) {
      return unusable("operation of task '" + spec.id() + "'", spec.operation());
    }
    if (!spec.version().isEmpty() && !nameable(spec.version())) {
      return unusable("version of task '" + spec.id() + "'", spec.version());
    }
    String broken = dependencies(spec);
    if (broken == null) {
      broken = amounts(spec);
    }
    if (broken == null) {
      broken = labels(spec.id(), "requires", spec.labels().required());
    }
    if (broken == null) {
      broken = labels(spec.id(), "prefers", spec.labels().preferred());
    }
    return broken == null ? size(spec) : broken;
  }

  private @Nullable String labels(String task, String verb, Map<String, String> labels) {
    if (labels.size() > PoolSettings.Limits.LABELS) {
      return "task '%s' %s %d labels; %d are allowed"
          .formatted(task, verb, labels.size(), PoolSettings.Limits.LABELS);
    }
    for (Map.Entry<String, String> label : labels.entrySet()) {
      if (!nameable(label.getKey())) {
        return unusable("label that task '%s' %s".formatted(task, verb), label.getKey());
      }
      int length = label.getValue().length();
      if (length == 0 || length > limits.nameCharacters()) {
        return "task '%s' %s a label '%s' whose value has %d characters; 1 to %d are allowed"
            .formatted(task, verb, label.getKey(), length, limits.nameCharacters());
      }
    }
    return null;
  }

  private static long characters(Map<String, String> labels) {
    long count = 0;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      count += label.getKey().length() + label.getValue().length();
    }
    return count;
  }

  /** Names are short, but there may be many of them. */
  private static @Nullable String size(TaskSpec spec) {
    long characters = 0;
    for (Dependency dependency : spec.dependencies()) {
      characters += dependency.task().length() + 10;
    }
    for (String name : spec.estimates().keySet()) {
      characters += name.length() + 10;
    }
    for (String name : spec.classes()) {
      characters += name.length();
    }
    Content payload = spec.payload();
    if (payload != null) {
      characters += payload.contentType().length();
      characters += payload.uri() == null ? 0 : payload.uri().length();
    }
    return characters > MOST_TASK_CHARACTERS
        ? ("task '%s' is too large to be stored: its dependencies, classes and payload's address"
                + " have %d characters, %d are allowed")
            .formatted(spec.id(), characters, MOST_TASK_CHARACTERS)
        : null;
  }

  private @Nullable String dependencies(TaskSpec spec) {
    if (spec.dependencies().size() > limits.dependenciesPerTask()) {
      return "task '%s' has %d dependencies; %d are allowed"
          .formatted(spec.id(), spec.dependencies().size(), limits.dependenciesPerTask());
    }
    Set<String> seen = new HashSet<>(2 * spec.dependencies().size());
    for (Dependency dependency : spec.dependencies()) {
      if (!nameable(dependency.task())) {
        return unusable("dependency of task '" + spec.id() + "'", dependency.task());
      }
      if (dependency.task().equals(spec.id())) {
        return "task '%1$s' waits for itself: cycle %1$s -> %1$s".formatted(spec.id());
      }
      if (!seen.add(dependency.task())) {
        return "task '%s' names its dependency '%s' twice".formatted(spec.id(), dependency.task());
      }
      if (dependency.sizeBytes() < 0) {
        return "task '%s' has a dependency of %d bytes"
            .formatted(spec.id(), dependency.sizeBytes());
      }
    }
    return null;
  }

  private @Nullable String amounts(TaskSpec spec) {
    if (!(spec.work() > 0) || Double.isInfinite(spec.work())) {
      return "task '%s' has work %s; it must be > 0 and finite".formatted(spec.id(), spec.work());
    }
    if (spec.memoryBytes() < 0) {
      return "task '%s' needs %d bytes of memory".formatted(spec.id(), spec.memoryBytes());
    }
    if (!(spec.timeoutSeconds() >= 0) || Double.isInfinite(spec.timeoutSeconds())) {
      return "task '%s' has a time-out of %s s".formatted(spec.id(), spec.timeoutSeconds());
    }
    if (spec.maxAttempts() < 0 || spec.maxAttempts() > limits.attempts()) {
      return "task '%s' asks for %d attempts; 1 to %d are allowed"
          .formatted(spec.id(), spec.maxAttempts(), limits.attempts());
    }
    byte[] inline = spec.payload() == null ? null : spec.payload().bytes();
    if (inline != null && inline.length > limits.inlineBytes()) {
      return "task '%s' has a payload of %d bytes; up to %d travel inline, use a URI"
          .formatted(spec.id(), inline.length, limits.inlineBytes());
    }
    return classes(spec);
  }

  private @Nullable String classes(TaskSpec spec) {
    for (String allowed : spec.classes()) {
      if (!classes.contains(allowed)) {
        return "task '%s' allows the device class '%s', which isn't served; served are %s"
            .formatted(spec.id(), allowed, String.join(", ", classes));
      }
    }
    for (Map.Entry<String, Double> estimate : spec.estimates().entrySet()) {
      if (!(estimate.getValue() > 0) || Double.isInfinite(estimate.getValue())) {
        return "task '%s' has an estimate of %s s on %s; it must be > 0 and finite"
            .formatted(spec.id(), estimate.getValue(), estimate.getKey());
      }
    }
    return null;
  }

  private String unusable(String what, String name) {
    String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
    return "%s '%s' can't be used: 1 to %d characters of [A-Za-z0-9._:-] make a name"
        .formatted(what, shown, limits.nameCharacters());
  }
}
