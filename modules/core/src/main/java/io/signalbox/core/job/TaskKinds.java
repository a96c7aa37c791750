package io.signalbox.core.job;

import java.util.ArrayList;
import java.util.List;

/** The kinds of a job's tasks, which are few: the last ones are known, and shared. */
final class TaskKinds {
  private static final int MOST = 16;

  private final List<TaskKind> known = new ArrayList<>(2);
  private int oldest;

  /** The kind of a task. */
  TaskKind of(TaskSpec spec) {
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).describes(spec)) {
        return known.get(i);
      }
    }
    TaskKind kind = create(spec);
    if (known.size() < MOST) {
      known.add(kind);
    } else {
      known.set(oldest, kind);
      oldest = (oldest + 1) % MOST;
    }
    return kind;
  }

  /** Kinds share what they have in common, so that it is found by identity. */
  private TaskKind create(TaskSpec spec) {
    String operation = spec.operation();
    List<String> classes = spec.classes();
    LabelRules labels = spec.labels().areNone() ? LabelRules.NONE : spec.labels();
    for (TaskKind kind : known) {
      operation = kind.operation().equals(operation) ? kind.operation() : operation;
      classes = kind.classes().equals(classes) ? kind.classes() : classes;
      labels = kind.labels().equals(labels) ? kind.labels() : labels;
    }
    return new TaskKind(
        operation, spec.version(), classes, spec.memoryBytes(), spec.maxAttempts(), labels);
  }
}
