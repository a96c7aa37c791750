package io.signalbox.simulator.workload;

import io.signalbox.core.job.JobHeader;
import io.signalbox.core.pool.PoolSettings.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the task graphs of the Estee simulator (Beránek, Böhm, Cima: Analysis of workflow
 * schedulers in simulated distributed environments, 2022; data set zenodo.org/records/2630385): a
 * list of tasks, an object that holds such a list under {@code graph}, or a list of such objects,
 * each of which becomes a job.
 */
final class Estee {
  private static final String EXAMPLE =
      "{\"d\": 1.5, \"cpus\": 1, \"outputs\": [100], \"inputs\": [[0, 0]]}";
  private static final List<String> OF_A_TASK = List.of("d", "e_d", "cpus", "inputs", "outputs");
  private static final List<String> OF_A_GRAPH = List.of("graph", "graph_name", "graph_id");

  private Estee() {}

  /** Whether a file looks like it. */
  static boolean recognises(Place root) {
    return switch (root.value()) {
      case Value.Mapping graph -> hasAny(graph, OF_A_GRAPH);
      case Value.Sequence list ->
          !list.items().isEmpty()
              && list.items().getFirst() instanceof Value.Mapping first
              && (hasAny(first, OF_A_TASK) || hasAny(first, OF_A_GRAPH));
      case Value.Scalar scalar -> false;
    };
  }

  private static boolean hasAny(Value.Mapping mapping, List<String> keys) {
    return keys.stream().anyMatch(key -> mapping.get(key) != null);
  }

  /** The jobs; not to be used if problems were noted. */
  static List<JobPlan> read(Place root, String fileName) {
    if (root.isMapping()) {
      return graphs(List.of(root), fileName);
    }
    List<Place> items = root.items("[" + EXAMPLE + "]");
    boolean ofGraphs =
        items.getFirst().value() instanceof Value.Mapping first && hasAny(first, OF_A_GRAPH);
    return ofGraphs ? graphs(items, fileName) : List.of(plan(fileName, root));
  }

  private static List<JobPlan> graphs(List<Place> places, String fileName) {
    List<String> names = new ArrayList<>();
    List<Place> graphs = new ArrayList<>();
    for (Place place : places) {
      Section section = place.section("{\"graph_name\": \"a\", \"graph\": [" + EXAMPLE + "]}");
      Place graph =
          section == null ? null : section.require("graph", "the list of tasks, " + EXAMPLE);
      if (section != null && graph != null) {
        names.add(name(section, fileName));
        graphs.add(graph);
      }
    }
    List<String> distinct = Names.distinct(names);
    List<JobPlan> plans = new ArrayList<>();
    for (int i = 0; i < graphs.size(); i++) {
      plans.add(plan(distinct.get(i), graphs.get(i)));
    }
    return plans;
  }

  private static String name(Section section, String fileName) {
    Place place = section.get("graph_name");
    String name = place == null ? null : place.text();
    return name == null ? fileName : name;
  }

  private static JobPlan plan(String job, Place list) {
    List<Place> items = list.items("[" + EXAMPLE + "]");
    int most = Limits.DEFAULT.tasksPerJob();
    if (list.isEmptyList()) {
      list.problem("is empty; a graph has at least one task");
    } else if (items.size() > most) {
      list.problem("has %d tasks; a job has at most %d".formatted(items.size(), most));
      return new JobPlan(job, JobHeader.DEFAULT, List.of());
    }
    List<@Nullable EsteeTask> tasks = new ArrayList<>(items.size());
    items.forEach(item -> tasks.add(EsteeTask.read(item, EXAMPLE)));
    return new JobPlan(job, JobHeader.DEFAULT, EsteeTask.specs(items, tasks));
  }
}
