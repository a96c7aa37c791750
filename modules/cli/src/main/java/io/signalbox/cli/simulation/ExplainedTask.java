package io.signalbox.cli.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.cli.output.Cell;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Output;
import io.signalbox.core.job.TaskRef;
import io.signalbox.simulator.report.SimulationReport;
import io.signalbox.simulator.run.TaskWatch;
import io.signalbox.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names a task whose life is told for each simulated run. */
public final class ExplainedTask {
  private static final int MOST_NAMED = 5;

  @Option(
      names = "--explain",
      paramLabel = "TASK",
      description =
          "Tell of this task (JOB/TASK where several jobs have one) when it became ready, why it"
              + " waited, and what its placement was weighed against.")
  private @Nullable String task;

  private record Told(String workflow, String policy, long seed, TaskWatch watch) {}

  private final List<Told> told = new ArrayList<>();

  /** True when a task is to be explained. */
  public boolean isGiven() {
    return task != null;
  }

  /**
   * Watches the task in a run, which begins next.
   *
   * @throws CommandFailure when the workflow has no such task, or several
   */
  public TaskWatch watch(Scenario scenario, String policy, long seed) {
    TaskWatch watch = new TaskWatch(find(scenario, String.valueOf(task)));
    told.add(new Told(scenario.workload().name(), policy, seed, watch));
    return watch;
  }

  private static TaskRef find(Scenario scenario, String name) {
    List<TaskRef> tasks = scenario.problem().tasks();
    List<TaskRef> found =
        tasks.stream()
            .filter(each -> each.task().equals(name) || each.toString().equals(name))
            .toList();
    if (found.isEmpty()) {
      throw CommandFailure.usage(
          "--explain: workflow '%s' has no task '%s'; it has %d, such as %s"
              .formatted(scenario.workload().name(), name, tasks.size(), names(tasks)));
    }
    if (found.size() > 1) {
      throw CommandFailure.usage(
          "--explain: %d jobs of workflow '%s' have a task '%s'; name one of %s"
              .formatted(found.size(), scenario.workload().name(), name, names(found)));
    }
    return found.getFirst();
  }

  private static String names(List<TaskRef> tasks) {
    return tasks.stream()
        .limit(MOST_NAMED)
        .map(TaskRef::toString)
        .collect(Collectors.joining(", "));
  }

  /** Writes what was told for people, run by run. */
  public void write(Output output) {
    for (Told each : told) {
      output.line("");
      output.line(
          "%s, %s, seed %d: task %s"
              .formatted(each.workflow(), each.policy(), each.seed(), each.watch().task()));
      for (TaskWatch.Moment moment : each.watch().moments()) {
        output.line("  after " + Cell.duration(moment.atSeconds()));
        moment.text().forEach(line -> output.line("    " + line));
      }
    }
  }

  /**
   * The reports with what was told, for programs: each has a field more, {@code explanation}, a
   * list of {@code {atSeconds, event, text}}.
   */
  public List<ObjectNode> addTo(List<SimulationReport> reports) {
    ObjectMapper mapper = new ObjectMapper();
    List<ObjectNode> whole = new ArrayList<>();
    for (int i = 0; i < reports.size(); i++) {
      ObjectNode report = mapper.valueToTree(reports.get(i));
      report.set("explanation", moments(told.get(i).watch()));
      whole.add(report);
    }
    return whole;
  }

  private static ArrayNode moments(TaskWatch watch) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (TaskWatch.Moment moment : watch.moments()) {
      ObjectNode entry =
          list.addObject().put("atSeconds", moment.atSeconds()).put("event", moment.event().name());
      moment.text().forEach(entry.putArray("text")::add);
    }
    return list;
  }
}
