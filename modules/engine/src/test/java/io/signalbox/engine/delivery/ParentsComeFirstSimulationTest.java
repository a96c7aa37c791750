package io.signalbox.engine.delivery;

import io.signalbox.engine.delivery.Plan.JobPlan;
import io.signalbox.events.JobEventType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No task starts before its parents are done: neither on a device, where it is handed a result that
 * each of them has made, nor in what the engine announces.
 */
class ParentsComeFirstSimulationTest {
  @Test
  void noTaskStartsBeforeItsParents() {
    Campaign.holds(ParentsComeFirstSimulationTest.class);
  }

  private static Map<String, List<String>> parents(History history) {
    Map<String, List<String>> parents = new HashMap<>();
    for (JobPlan job : history.plan.jobs()) {
      job.all()
          .forEach((id, task) ->
              parents.put(
                  job.id() + "/" + id,
                  task.parents().stream().map(parent -> job.id() + "/" + parent).toList()));
    }
    return parents;
  }

  /** On a device, whatever was announced. */
  static @Nullable String begunTooEarly(History history) {
    Map<String, List<String>> parents = parents(history);
    Set<String> made = new HashSet<>();
    for (Fact fact : history.facts) {
      if (fact instanceof Fact.Finished finished) {
        made.add(finished.task() + "#" + finished.attempt());
      } else if (fact instanceof Fact.Began began) {
        String breach = unfounded(began, parents, made);
        if (breach != null) {
          return breach;
        }
      }
    }
    return null;
  }

  static @Nullable String breach(History history) {
    Map<String, List<String>> parents = parents(history);
    Set<String> made = new HashSet<>();
    Set<String> accepted = new HashSet<>();
    for (Fact fact : history.facts) {
      String breach =
          switch (fact) {
            case Fact.Finished finished -> {
              made.add(finished.task() + "#" + finished.attempt());
              yield null;
            }
            case Fact.Began began -> unfounded(began, parents, made);
            case Fact.Announced announced -> early(announced, parents, accepted);
            default -> null;
          };
      if (breach != null) {
        return breach;
      }
    }
    return null;
  }

  private static @Nullable String unfounded(
      Fact.Began began, Map<String, List<String>> parents, Set<String> made) {
    for (String parent : parents.getOrDefault(began.task(), List.of())) {
      String result = began.inputs().get(parent.substring(parent.indexOf('/') + 1));
      if (result == null || !result.startsWith(parent + "#") || !made.contains(result)) {
        return "%s#%d began on %s with %s as the result of %s"
            .formatted(began.task(), began.attempt(), began.process(), result, parent);
      }
    }
    return null;
  }

  private static @Nullable String early(
      Fact.Announced announced, Map<String, List<String>> parents, Set<String> accepted) {
    if (announced.event().getType() == JobEventType.TASK_SUCCEEDED) {
      accepted.add(announced.task());
    }
    if (announced.event().getType() == JobEventType.TASK_STARTED
        && !accepted.containsAll(parents.getOrDefault(announced.task(), List.of()))) {
      return announced.attempt() + " was announced before its parents were done";
    }
    return null;
  }
}
