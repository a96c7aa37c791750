package io.signalbox.simulator.workload;

import io.signalbox.core.job.Content;
import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.LabelRules;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.pool.PoolSettings.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one job's tasks in the project's own format, and checks that they make up a DAG. */
final class TaskList {
  private static final String EXAMPLE =
      "[{id: a, operation: ocr}, {id: b, operation: embed, after: [a]}]";
  private static final List<String> KEYS =
      Stream.concat(Stream.of("id", "operation", "after", "payload"), Traits.KEYS.stream())
          .toList();

  private final Defaults defaults;
  private final Optional<Set<String>> knownClasses;
  private final List<TaskSpec> specs = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();

  TaskList(Defaults defaults, Optional<Set<String>> knownClasses) {
    this.defaults = defaults;
    this.knownClasses = knownClasses;
  }

  /** The tasks of a job; not to be used if problems were noted. */
  List<TaskSpec> read(Section job) {
    Place list = job.require("tasks", "a list, such as " + EXAMPLE);
    List<Place> items = list == null ? List.of() : list.items(EXAMPLE);
    int most = Limits.DEFAULT.tasksPerJob();
    if (list != null && list.isEmptyList()) {
      list.problem("is empty; a job has at least one task");
    } else if (list != null && items.size() > most) {
      list.problem("has %d tasks; a job has at most %d".formatted(items.size(), most));
      return List.of();
    }
    items.forEach(this::task);
    GraphCheck.refuseCycle(places, ids(), parents());
    return specs;
  }

  private List<String> ids() {
    return specs.stream().map(TaskSpec::id).toList();
  }

  private void task(Place place) {
    Section section = place.section("{id: a, operation: ocr}");
    if (section == null) {
      return;
    }
    section.allow(KEYS);
    Place idPlace = section.require("id", "a name that no other task of the job has");
    Place operationPlace = section.require("operation", "the kind of the task");
    String id = idPlace == null ? null : Names.name(idPlace);
    String operation = operationPlace == null ? null : Names.name(operationPlace);
    Traits own = Traits.read(section, knownClasses);
    Traits traits = operation == null ? own : own.over(defaults.of(operation));
    List<Dependency> after = after(section.get("after"));
    Place payload = section.get("payload");
    Content content = payload == null ? null : Payload.read(payload);
    if (idPlace == null || id == null || operation == null) {
      return;
    }
    if (indexes.putIfAbsent(id, specs.size()) != null) {
      idPlace.problem("another task has the id \"%s\" already; ids must differ".formatted(id));
    }
    specs.add(spec(id, operation, after, traits, content));
    places.add(place);
  }

  private static TaskSpec spec(
      String id,
      String operation,
      List<Dependency> after,
      Traits traits,
      @Nullable Content payload) {
    return new TaskSpec(
        id,
        operation,
        traits.version() == null ? "" : traits.version(),
        after,
        traits.work() == null ? 1.0 : traits.work(),
        traits.estimates() == null ? Map.of() : traits.estimates(),
        traits.classes() == null ? List.of() : traits.classes(),
        traits.memoryBytes() == null ? 0 : traits.memoryBytes(),
        payload,
        traits.timeoutSeconds() == null ? 0 : traits.timeoutSeconds(),
        traits.maxAttempts() == null ? 0 : traits.maxAttempts(),
        LabelRules.of(
            traits.required() == null ? Map.of() : traits.required(),
            traits.preferred() == null ? Map.of() : traits.preferred()));
  }

  private static List<Dependency> after(@Nullable Place place) {
    if (place == null) {
      return List.of();
    }
    List<Place> items = place.items("[a, {task: b, sizeBytes: 2MB}]");
    int most = Limits.DEFAULT.dependenciesPerTask();
    if (items.size() > most) {
      place.problem("has %d parents; a task has at most %d".formatted(items.size(), most));
      return List.of();
    }
    Set<String> seen = new HashSet<>();
    List<Dependency> after = new ArrayList<>(items.size());
    for (Place item : items) {
      Dependency dependency = dependency(item);
      if (dependency != null && !seen.add(dependency.task())) {
        item.problem("\"%s\" stands here twice; remove one".formatted(dependency.task()));
      } else if (dependency != null) {
        after.add(dependency);
      }
    }
    return after;
  }

  private static @Nullable Dependency dependency(Place place) {
    if (!place.isMapping()) {
      String task = Names.name(place);
      return task == null ? null : new Dependency(task, 0);
    }
    Section section = place.section("{task: a, sizeBytes: 2MB}");
    if (section == null) {
      return null;
    }
    section.allow(List.of("task", "sizeBytes"));
    Place taskPlace = section.require("task", "the id of the parent");
    String task = taskPlace == null ? null : Names.name(taskPlace);
    Place size = section.get("sizeBytes");
    OptionalLong bytes = size == null ? OptionalLong.of(0) : Quantity.bytes(size);
    return task == null ? null : new Dependency(task, bytes.orElse(0));
  }

  /** Indexes of each task's parents; those that don't exist are noted and left out. */
  private int[][] parents() {
    int[][] parents = new int[specs.size()][];
    for (int i = 0; i < parents.length; i++) {
      Place place = places.get(i);
      List<Dependency> after = specs.get(i).dependencies();
      for (Dependency dependency : after) {
        if (!indexes.containsKey(dependency.task())) {
          GraphCheck.unknownParent(place, dependency.task(), indexes.keySet());
        }
      }
      parents[i] =
          after.stream()
              .map(dependency -> indexes.get(dependency.task()))
              .filter(index -> index != null)
              .mapToInt(index -> index)
              .toArray();
    }
    return parents;
  }
}
