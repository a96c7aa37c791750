package io.signalbox.simulator.workload;

import io.signalbox.core.job.Dependency;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.pool.PoolSettings.Limits;
import io.signalbox.simulator.workload.WfExecution.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a workflow of WfFormat 1.5 (WfCommons) as one job: work is the recorded run time in
 * seconds, an edge carries the files that the parent writes and the child reads. Keys that say
 * nothing about scheduling are left aside.
 */
final class WfFormat {
  private static final String VERSION = "1.5";
  private static final double SHORTEST_SECONDS = 0.01;
  private static final Pattern PROGRAM = Pattern.compile("[A-Za-z0-9._+-]+");
  private static final Pattern NUMBERED = Pattern.compile("_(ID)?\\d+$");

  private final List<Task> tasks = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Map<String, Long> fileBytes = new HashMap<>();

  private record Task(
      Place place,
      String id,
      String name,
      Set<Integer> parents,
      Set<String> inputs,
      Set<String> outputs) {}

  private WfFormat() {}

  /** Whether a file says of itself that it is WfFormat. */
  static boolean recognises(Place root) {
    return root.value() instanceof Value.Mapping mapping
        && (mapping.get("workflow") != null || mapping.get("schemaVersion") != null);
  }

  /** The one job; not to be used if problems were noted. */
  static List<JobPlan> read(Place root, String job) {
    Section file = root.section("WfFormat");
    Section workflow = file == null || !rightVersion(file) ? null : inside(file, "workflow");
    Section specification = workflow == null ? null : inside(workflow, "specification");
    if (workflow == null || specification == null) {
      return List.of();
    }
    WfFormat format = new WfFormat();
    format.files(specification.get("files"));
    format.tasks(specification);
    Map<String, Run> runs =
        WfExecution.read(inside(workflow, "execution"), format.indexes.keySet());
    GraphCheck.refuseCycle(
        format.tasks.stream().map(Task::place).toList(),
        format.tasks.stream().map(Task::id).toList(),
        format.tasks.stream().map(WfFormat::parentArray).toArray(int[][]::new));
    return List.of(new JobPlan(job, JobHeader.DEFAULT, format.specs(runs)));
  }

  private static boolean rightVersion(Section file) {
    Place version = file.require("schemaVersion", "\"" + VERSION + "\"");
    String text = version == null ? null : version.text();
    if (version == null || text == null || text.equals(VERSION)) {
      return text != null;
    }
    version.problem(
        "is %s; only WfFormat %s is read, convert the file".formatted(version.shown(), VERSION));
    return false;
  }

  private static @Nullable Section inside(Section section, String key) {
    Place place = section.require(key, "the object that WfFormat " + VERSION + " asks for");
    return place == null ? null : place.section("WfFormat's " + key);
  }

  private void files(@Nullable Place list) {
    if (list == null) {
      return;
    }
    for (Place item : list.items("[{\"id\": \"a.txt\", \"sizeInBytes\": 12}]")) {
      Section file = item.section("{\"id\": \"a.txt\", \"sizeInBytes\": 12}");
      Place id = file == null ? null : file.require("id", "the file's id");
      Place size = file == null ? null : file.require("sizeInBytes", "its size in bytes");
      String text = id == null ? null : id.text();
      OptionalLong bytes = size == null ? OptionalLong.empty() : Quantity.bytes(size);
      if (id != null && text != null && fileBytes.put(text, bytes.orElse(0)) != null) {
        id.problem("another file has the id %s already; ids must differ".formatted(id.shown()));
      }
    }
  }

  private void tasks(Section specification) {
    Place list = specification.require("tasks", "the list of tasks");
    if (list == null) {
      return;
    }
    List<Place> items = list.items("[{\"name\": \"a\", \"id\": \"a\", \"parents\": []}]");
    int most = Limits.DEFAULT.tasksPerJob();
    if (list.isEmptyList()) {
      list.problem("is empty; a workflow has at least one task");
    } else if (items.size() > most) {
      list.problem("has %d tasks; a job has at most %d".formatted(items.size(), most));
      return;
    }
    List<Section> sections = new ArrayList<>();
    for (Place item : items) {
      Section section = item.section("{\"name\": \"a\", \"id\": \"a\", \"parents\": []}");
      if (section != null && task(section)) {
        sections.add(section);
      }
    }
    for (int i = 0; i < sections.size(); i++) {
      edges(i, sections.get(i));
    }
  }

  private boolean task(Section section) {
    Place idPlace = section.require("id", "an id that no other task has");
    Place namePlace = section.require("name", "the task's name");
    String id = idPlace == null ? null : idPlace.text();
    String name = namePlace == null ? null : namePlace.text();
    if (idPlace == null || id == null || name == null) {
      return false;
    }
    if (indexes.putIfAbsent(id, tasks.size()) != null) {
      idPlace.problem(
          "another task has the id %s already; ids must differ".formatted(idPlace.shown()));
    }
    tasks.add(
        new Task(
            section.place(),
            id,
            name,
            new LinkedHashSet<>(),
            texts(section.get("inputFiles")),
            texts(section.get("outputFiles"))));
    return true;
  }

  private static Set<String> texts(@Nullable Place list) {
    Set<String> texts = new LinkedHashSet<>();
    for (Place item : list == null ? List.<Place>of() : list.items("[\"a.txt\"]")) {
      String text = item.text();
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** An edge may be named by the child, the parent or both. */
  private void edges(int index, Section section) {
    for (int parent : others(section.get("parents"))) {
      tasks.get(index).parents().add(parent);
    }
    for (int child : others(section.get("children"))) {
      tasks.get(child).parents().add(index);
    }
  }

  private List<Integer> others(@Nullable Place list) {
    List<Integer> others = new ArrayList<>();
    for (Place item : list == null ? List.<Place>of() : list.items("[\"a\"]")) {
      String id = item.text();
      Integer other = id == null ? null : indexes.get(id);
      if (other != null) {
        others.add(other);
      } else if (id != null) {
        String hint = item.suggestion(id, indexes.keySet());
        item.problem(
            "there is no task %s%s"
                .formatted(item.shown(), hint.isEmpty() ? "; add it or remove it here" : hint));
      }
    }
    return others;
  }

  private static int[] parentArray(Task task) {
    return task.parents().stream().mapToInt(parent -> parent).toArray();
  }

  private List<TaskSpec> specs(Map<String, Run> runs) {
    List<String> names = Names.distinct(tasks.stream().map(Task::id).toList());
    List<TaskSpec> specs = new ArrayList<>(tasks.size());
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      Run run = runs.getOrDefault(task.id(), Run.UNKNOWN);
      List<Dependency> parents =
          task.parents().stream()
              .map(parent -> new Dependency(names.get(parent), bytes(tasks.get(parent), task)))
              .toList();
      specs.add(
          new TaskSpec(
              names.get(i),
              operation(task, run),
              "",
              parents,
              Math.max(run.seconds(), SHORTEST_SECONDS),
              Map.of(),
              List.of(),
              0,
              null,
              0,
              0));
    }
    return specs;
  }

  private static String operation(Task task, Run run) {
    String program = run.program();
    return Names.sanitised(
        program != null && PROGRAM.matcher(program).matches()
            ? program
            : NUMBERED.matcher(task.name()).replaceFirst(""));
  }

  /** Total size of the files that one writes and the other reads; a file nobody lists has none. */
  private long bytes(Task parent, Task child) {
    boolean fewerOutputs = parent.outputs().size() < child.inputs().size();
    Set<String> few = fewerOutputs ? parent.outputs() : child.inputs();
    Set<String> many = fewerOutputs ? child.inputs() : parent.outputs();
    long bytes = 0;
    for (String file : few) {
      bytes += many.contains(file) ? fileBytes.getOrDefault(file, 0L) : 0;
    }
    return bytes;
  }
}
