package io.signalbox.simulator.workload;

import java.util.List;
import java.util.Set;

/** What makes tasks no DAG, in the words of every format. */
final class GraphCheck {
  private GraphCheck() {}

  /** Notes a parent that the job doesn't have. */
  static void unknownParent(Place place, String parent, Set<String> ids) {
    String hint = place.suggestion(parent, ids);
    place.problem(
        "waits for \"%s\", which the job doesn't have%s"
            .formatted(parent, hint.isEmpty() ? "; add that task or remove it here" : hint));
  }

  /**
   * Notes the first cycle, at its first task.
   *
   * @param places each task's place
   * @param ids each task's id as the file has it
   * @param parents indexes of each task's parents
   */
  static void refuseCycle(List<Place> places, List<String> ids, int[][] parents) {
    List<Integer> cycle = Cycles.first(parents);
    if (cycle != null) {
      places
          .get(cycle.getFirst())
          .problem(
              "is part of a cycle, %s; remove one of these dependencies"
                  .formatted(Cycles.shown(cycle, ids)));
    }
  }
}
