package io.signalbox.simulator.workload;

import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.pool.PoolSettings.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a task graph of DAGBench (github.com/ANRGUSC/dagbench) as one job: costs are milliseconds,
 * as in its profiled GPT-2 graphs, and sizes are bytes. Its network is left aside: the fleet says
 * what devices there are.
 */
final class DagBench {
  private static final double MILLISECOND = 1e-3;
  private static final double SHORTEST_SECONDS = 1e-6;
  private static final Pattern NUMBERED = Pattern.compile("(_\\d+)+$");
  private static final String TASK = "{\"name\": \"a\", \"cost\": 1.5}";
  private static final String DEPENDENCY = "{\"source\": \"a\", \"target\": \"b\", \"size\": 4096}";

  private final List<Task> tasks = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();

  /** A task with its parents and the bytes that each hands over. */
  private record Task(Place place, String name, double seconds, Map<Integer, Long> parents) {}

  private DagBench() {}

  /** Whether a file looks like it. */
  static boolean recognises(Place root) {
    return root.value() instanceof Value.Mapping mapping && mapping.get("task_graph") != null;
  }

  /** The graph's own name where it has one, since all such files are called alike. */
  static String name(Place root, String fileName) {
    return root.value() instanceof Value.Mapping mapping
            && mapping.get("name") instanceof Value.Scalar name
            && name.kind() == Value.Kind.TEXT
        ? Names.sanitised(name.text())
        : fileName;
  }

  /** The one job; not to be used if problems were noted. */
  static List<JobPlan> read(Place root, String job) {
    String example = "{\"tasks\": [%s], \"dependencies\": [%s]}".formatted(TASK, DEPENDENCY);
    Section file = root.section("{\"task_graph\": " + example + "}");
    Place place = file == null ? null : file.require("task_graph", example);
    Section graph = place == null ? null : place.section(example);
    if (graph == null) {
      return List.of();
    }
    DagBench read = new DagBench();
    read.tasks(graph.require("tasks", "the list of tasks"));
    Place edges = graph.get("dependencies");
    (edges == null ? List.<Place>of() : edges.items("[" + DEPENDENCY + "]")).forEach(read::edge);
    GraphCheck.refuseCycle(
        read.tasks.stream().map(Task::place).toList(),
        read.tasks.stream().map(Task::name).toList(),
        read.tasks.stream()
            .map(task -> task.parents().keySet().stream().mapToInt(parent -> parent).toArray())
            .toArray(int[][]::new));
    return List.of(new JobPlan(job, JobHeader.DEFAULT, read.specs()));
  }

  private void tasks(@Nullable Place list) {
    List<Place> items = list == null ? List.of() : list.items("[" + TASK + "]");
    int most = Limits.DEFAULT.tasksPerJob();
    if (list != null && list.isEmptyList()) {
      list.problem("is empty; a graph has at least one task");
    } else if (list != null && items.size() > most) {
      list.problem("has %d tasks; a job has at most %d".formatted(items.size(), most));
    } else {
      items.forEach(this::task);
    }
  }

  private void task(Place item) {
    Section section = item.section(TASK);
    Place namePlace = section == null ? null : section.require("name", "a name of its own");
    Place cost = section == null ? null : section.require("cost", "its run time in milliseconds");
    String name = namePlace == null ? null : namePlace.text();
    OptionalDouble millis = cost == null ? OptionalDouble.empty() : Quantity.notNegative(cost);
    if (namePlace == null || name == null) {
      return;
    }
    if (indexes.putIfAbsent(name, tasks.size()) != null) {
      namePlace.problem(
          "another task has the name %s already; names must differ".formatted(namePlace.shown()));
    }
    double seconds = Math.max(millis.orElse(0) * MILLISECOND, SHORTEST_SECONDS);
    tasks.add(new Task(item, name, seconds, new LinkedHashMap<>()));
  }

  private void edge(Place item) {
    Section section = item.section(DEPENDENCY);
    Integer source = section == null ? null : end(section, "source");
    Integer target = section == null ? null : end(section, "target");
    Place size = section == null ? null : section.get("size");
    OptionalLong bytes = size == null ? OptionalLong.empty() : Quantity.bytes(size);
    if (source != null
        && target != null
        && tasks.get(target).parents().putIfAbsent(source, bytes.orElse(0)) != null) {
      item.problem(
          "a dependency of %s on %s stands above already; remove one"
              .formatted(
                  Place.quoted(tasks.get(target).name()), Place.quoted(tasks.get(source).name())));
    }
  }

  private @Nullable Integer end(Section section, String key) {
    Place place = section.require(key, "the name of a task");
    String name = place == null ? null : place.text();
    Integer index = name == null ? null : indexes.get(name);
    if (place != null && name != null && index == null) {
      String hint = place.suggestion(name, indexes.keySet());
      place.problem(
          "there is no task %s%s"
              .formatted(place.shown(), hint.isEmpty() ? "; add it or remove it here" : hint));
    }
    return index;
  }

  private List<TaskSpec> specs() {
    List<String> ids = Names.distinct(tasks.stream().map(Task::name).toList());
    List<TaskSpec> specs = new ArrayList<>(tasks.size());
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      List<Dependency> parents = new ArrayList<>();
      task.parents()
          .forEach((parent, bytes) -> parents.add(new Dependency(ids.get(parent), bytes)));
      String operation = Names.sanitised(NUMBERED.matcher(task.name()).replaceFirst(""));
      specs.add(
          new TaskSpec(
              ids.get(i),
              operation,
              "",
              parents,
              task.seconds(),
              Map.of(),
              List.of(),
              0,
              null,
              0,
              0));
    }
    return specs;
  }
}
