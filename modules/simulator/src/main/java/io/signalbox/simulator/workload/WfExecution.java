package io.signalbox.simulator.workload;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the execution part of WfFormat: how long each task ran, and which program it was. */
final class WfExecution {
  private WfExecution() {}

  /**
   * How a task ran.
   *
   * @param seconds its recorded run time
   * @param program what was run; null when the file doesn't say
   */
  record Run(double seconds, @Nullable String program) {
    static final Run UNKNOWN = new Run(0, null);
  }

  /** The runs by task; tasks without one are noted. */
  static Map<String, Run> read(@Nullable Section execution, Set<String> ids) {
    Map<String, Run> runs = new HashMap<>();
    Place list = execution == null ? null : execution.require("tasks", "the list of runs");
    List<Place> items =
        list == null ? List.of() : list.items("[{\"id\": \"a\", \"runtimeInSeconds\": 1.5}]");
    items.forEach(item -> run(item, ids, runs));
    if (list != null && !list.problems().any()) {
      ids.stream()
          .filter(id -> !runs.containsKey(id))
          .sorted()
          .forEach(id ->
              list.problem(
                  "has no run of the task %s; add its runtimeInSeconds"
                      .formatted(Place.quoted(id))));
    }
    return runs;
  }

  private static void run(Place place, Set<String> ids, Map<String, Run> runs) {
    Section section = place.section("{\"id\": \"a\", \"runtimeInSeconds\": 1.5}");
    if (section == null) {
      return;
    }
    Place idPlace = section.require("id", "the id of a task");
    Place seconds = section.require("runtimeInSeconds", "a number of at least 0");
    String id = idPlace == null ? null : idPlace.text();
    OptionalDouble number =
        seconds == null ? OptionalDouble.empty() : Quantity.notNegative(seconds);
    if (idPlace == null || id == null) {
      return;
    }
    if (!ids.contains(id)) {
      idPlace.problem("the specification has no task %s".formatted(idPlace.shown()));
    } else if (runs.put(id, new Run(number.orElse(0), program(section))) != null) {
      idPlace.problem("a run of %s stands above already; remove one".formatted(idPlace.shown()));
    }
  }

  private static @Nullable String program(Section run) {
    Place command = run.get("command");
    Section section = command == null ? null : command.section("{\"program\": \"cat\"}");
    Place program = section == null ? null : section.get("program");
    return program == null ? null : program.text();
  }
}
